using System.Text.Json;
using Codex.Agent.Models;

namespace Codex.Agent.Tests.Models;

public sealed class ModelProfileTests
{
    /// <summary>Name, window as the server tells it; what follows.</summary>
    [Theory]
    [InlineData("somebody/new-model", null, 8192, true, EditStyle.Replace, false, false, PromptSize.Mini, 200)]
    [InlineData("new-model", 4096, 4096, false, EditStyle.Replace, false, false, PromptSize.Mini, 200)]
    [InlineData("new-model", 65_535, 65_535, false, EditStyle.Replace, false, false, PromptSize.Mini, 200)]
    [InlineData("new-model", 65_536, 65_536, false, EditStyle.Replace, false, false, PromptSize.Full, 1000)]
    [InlineData("openai/gpt-oss-20b", 131_072, 131_072, false, EditStyle.Replace, false, false, PromptSize.Full, 1000)]
    [InlineData("gpt-5.1", 272_000, 272_000, false, EditStyle.Patch, false, true, PromptSize.Full, 1000)]
    [InlineData("Qwen/Qwen3-Coder-30B", 32_768, 32_768, false, EditStyle.Replace, false, true, PromptSize.Mini, 200)]
    [InlineData("qwen2.5-7b", 32_768, 32_768, false, EditStyle.Replace, false, false, PromptSize.Mini, 200)]
    [InlineData("gemma-3-4b-it", 8192, 8192, false, EditStyle.Whole, true, false, PromptSize.Mini, 200)]
    public void The_window_and_the_family_decide(
        string slug, int? told, int window, bool isAssumed, EditStyle edits, bool asText, bool parallel, PromptSize prompt, int calls)
    {
        var profile = ModelProfiles.Resolve(slug, told is null ? null : new ModelMetadata(slug) { Window = told }, new ModelOverrides());

        (profile.Window, profile.WindowIsAssumed, profile.Edits, profile.CallsAsText, profile.CallsInParallel, profile.Prompt, profile.MostCallsPerTurn)
            .ShouldBe((window, isAssumed, edits, asText, parallel, prompt, calls));
        profile.ReasoningEffort.ShouldBeNull();
    }

    [Fact]
    public void The_user_knows_better_than_the_server_and_the_family()
    {
        var profile = ModelProfiles.Resolve(
            "gemma-3-4b-it",
            new ModelMetadata("gemma-3-4b-it") { Window = 8192, MaxOutput = 1000, DefaultEffort = "low", TakesImages = true },
            new ModelOverrides { Window = 16_384, ReasoningEffort = "high", Prompt = PromptSize.Full, CallsAsText = false, CallsInParallel = true, Edits = EditStyle.Patch, MostCallsPerTurn = 7, CompactLimit = 9000 });

        profile.ShouldBe(new ModelProfile("gemma-3-4b-it", 16_384)
        {
            MaxOutput = 1000,
            ReasoningEffort = "high",
            Prompt = PromptSize.Full,
            CallsInParallel = true,
            Edits = EditStyle.Patch,
            MostCallsPerTurn = 7,
            CompactLimit = 9000,
            TakesImages = true,
        });
    }

    [Theory]
    [InlineData("""{"data":[{"id":"m","context_length":4096}]}""", 4096)]
    [InlineData("""{"data":[{"id":"m","max_model_len":4096}]}""", 4096)]
    [InlineData("""{"data":[{"id":"m"}]}""", null)]
    [InlineData("""{"models":[{"slug":"m","context_window":4096}]}""", 4096)]
    [InlineData("""{"data":[{"id":"m"}],"models":[{"slug":"m","context_window":32768}]}""", null)]
    [InlineData("""{"data":[{"id":"m"}],"models":[{"slug":"m","context_window":4096,"max_context_window":4096}]}""", 4096)]
    public void A_window_that_a_server_only_assumes_is_not_known(string list, int? window)
    {
        using var json = JsonDocument.Parse(list);

        ModelMetadata.ReadList(json.RootElement).Single().Window.ShouldBe(window);
    }

    [Theory]
    [InlineData(4096, null, 614, 2457, 3276)]
    [InlineData(8192, null, 1228, 4915, 6553)]
    [InlineData(32_768, null, 4915, 19_660, 26_214)]
    [InlineData(272_000, null, 10_000, 163_200, 217_600)]
    [InlineData(8192, 5000, 1228, 4915, 5000)]
    public void Limits_are_shares_of_the_window(int window, int? userLimit, int output, int pruneAt, int compactAt)
    {
        var profile = new ModelProfile("m", window) { CompactLimit = userLimit };

        (profile.OutputLimit, profile.PruneAt, profile.CompactAt).ShouldBe((output, pruneAt, compactAt));
    }
}
