using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Configuration;
using Codex.Agent.Conversation;
using Codex.Agent.Models;
using Codex.Agent.Prompts;
using Codex.Agent.Sandbox;
using Codex.Agent.Threads;
using Xunit.Abstractions;

namespace Codex.Agent.Tests.Prompts;

/// <summary>
/// The whole first request, with instructions, tools, context and a short prompt, in a project without AGENTS.md and
/// skills. Tokens are counted as the agent counts them: three and a half bytes of JSON each, which is more than
/// tokenizers make of English.
/// </summary>
public sealed class PromptSizeTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("small-model", 8192, 3000)]
    [InlineData("small-model", 4096, 3000)]
    [InlineData("gemma-3-4b-it", 8192, 3000)]
    [InlineData("large-model", 131_072, 8000)]
    [InlineData("gpt-5.1", 272_000, 8000)]
    public void The_first_request_is_short(string slug, int window, int most)
    {
        var model = ModelProfiles.Resolve(slug, new ModelMetadata(slug) { Window = window, TakesImages = true }, new ModelOverrides());

        var tokens = TokenEstimate.Of(First(model, Noon).Length);

        output.WriteLine($"{slug} with {window}: {tokens} tokens");
        tokens.ShouldBeLessThanOrEqualTo(most);
        tokens.ShouldBeGreaterThan(800, "the tools are in it");
    }

    [Fact]
    public void Two_threads_of_a_day_begin_with_the_same_bytes()
    {
        var model = ModelProfiles.Resolve("small-model", new ModelMetadata("small-model") { Window = 8192 }, new ModelOverrides());

        First(model, Noon).ShouldBe(First(model, Noon.AddHours(3)));
    }

    private static string First(ModelProfile model, DateTimeOffset now)
    {
        var settings = new AgentSettings
        {
            CodexHome = "/home/me/.codex",
            WorkingDirectory = "/home/me/project",
            ProjectRoot = "/home/me/project",
            CommandEnvironment = ImmutableSortedDictionary<string, string>.Empty,
            Merged = JsonElement.Parse("{}"),
            Sandbox = new SandboxPolicy(SandboxMode.WorkspaceWrite, ["/home/me/project", "/tmp"], AllowsNetwork: false),
        };
        var (tools, problem) = BuiltInTools.For(settings, model, "1.0.0", new Random(1), TimeProvider.System);
        problem.ShouldBeNull();
        using (tools)
        {
            ImmutableArray<Codex.Agent.Tools.ToolSpec> specs = [.. tools!.Tools.Select(t => t.Spec)];
            var requests = new RequestBody(model, specs, "0198c0de-0000-7000-8000-000000000000");
            var conversation = new AgentConversation(ContextMessages.Create(settings, model, specs, now), requests.ToolTokens);
            conversation.Add(HistoryItem.NewMessage("user", "Set the port in config.ini to 9090."));
            return System.Text.Encoding.UTF8.GetString(requests.Write(conversation).Span);
        }
    }
}
