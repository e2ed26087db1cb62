using System.Collections.Immutable;
using Codex.Gateway.Providers;
using static Codex.Gateway.Tests.Providers.Snapshots;

namespace Codex.Gateway.Tests.Providers;

public class ModelResolverTests
{
    private static readonly ProviderSnapshot Home = Of(
        Configured("ollama", "qwen3:8b", "shared", "org/model"),
        Configured("lab", "big", "shared", "lab/inner"),
        Configured("lab/eu", "big", "qwen3:8b-eu"),
        Embedded());

    [Theory]
    // provider/model works whether the model is listed or not
    [InlineData("ollama/qwen3:8b", "ollama -> qwen3:8b")]
    [InlineData("ollama/never-listed", "ollama -> never-listed")]
    [InlineData("OLLAMA/qwen3:8b", "ollama -> qwen3:8b")]
    [InlineData("ollama/org/model", "ollama -> org/model")]
    [InlineData("demo/demo", "demo -> demo")]
    // the longest provider name wins
    [InlineData("lab/big", "lab -> big")]
    [InlineData("lab/eu/big", "lab/eu -> big")]
    [InlineData("lab/us/big", "lab -> us/big")]
    [InlineData("lab/eu", "lab -> eu")]
    [InlineData("lab/lab/inner", "lab -> lab/inner")]
    // bare names, with and without slashes of their own
    [InlineData("qwen3:8b", "ollama -> qwen3:8b")]
    [InlineData("org/model", "ollama -> org/model")]
    [InlineData("demo", "demo -> demo")]
    [InlineData("shared", "ambiguous: ollama/shared lab/shared")]
    [InlineData("big", "ambiguous: lab/big lab/eu/big")]
    // nothing listed, three configured: no default
    [InlineData("qwen3:8", "unknown: qwen3:8b")]
    [InlineData("QWEN3:8B", "unknown: qwen3:8b")]
    [InlineData("nobody/qwen3:8b", "unknown: qwen3:8b")]
    [InlineData("", "unknown: qwen3:8b")]
    [InlineData("/", "unknown:")]
    [InlineData("ollama/", "unknown: ollama/shared")]
    public void A_name_leads_to_the_one_model_it_can_mean(string requested, string expected) =>
        Describe(ModelResolver.Resolve(Home, requested)).ShouldStartWith(expected);

    [Fact]
    public void An_unlisted_name_goes_to_the_default_provider_or_the_only_configured_one()
    {
        Describe(ModelResolver.Resolve(Home with { DefaultProvider = "LAB" }, "cold-model")).ShouldBe("lab -> cold-model");
        Describe(ModelResolver.Resolve(Of(Configured("host", "a"), Discovered("ollama", "b"), Embedded()), "org/cold")).ShouldBe("host -> org/cold");
    }

    [Fact]
    public void What_was_found_or_built_in_is_no_default()
    {
        Describe(ModelResolver.Resolve(Of(Discovered("ollama", "llama3"), Embedded()), "llama4")).ShouldBe("unknown: llama3 demo");
        Describe(ModelResolver.Resolve(Of(Embedded()), "gpt-5")).ShouldBe("unknown: demo");
        Describe(ModelResolver.Resolve(ProviderSnapshot.Empty, "gpt-5")).ShouldBe("unknown:");
        Describe(ModelResolver.Resolve(Home with { DefaultProvider = "gone" }, "nothing")).ShouldStartWith("unknown:");
    }

    [Fact]
    public void The_demo_counts_only_for_its_own_name()
    {
        var snapshot = Of(Discovered("ollama", "demo", "llama3"), Embedded());
        Describe(ModelResolver.Resolve(snapshot, "demo")).ShouldBe("ambiguous: ollama/demo demo/demo");
        Describe(ModelResolver.Resolve(snapshot, "llama3")).ShouldBe("ollama -> llama3");
    }

    [Fact]
    public void A_providers_alias_is_a_name_like_a_listed_one()
    {
        var aliases = ImmutableDictionary<string, string>.Empty.Add("fast", "org/small-v2").Add("shared", "own-shared");
        var snapshot = Of(Configured("a", "org/small-v2").With(p => p with { Aliases = aliases }), Configured("b", "shared"));

        var fast = ModelResolver.Resolve(snapshot, "fast").ShouldBeOfType<ModelResolution.Resolved>();
        Describe(fast).ShouldBe("a -> org/small-v2");
        fast.Known.ShouldNotBeNull();
        Describe(ModelResolver.Resolve(snapshot, "a/fast")).ShouldBe("a -> org/small-v2");
        Describe(ModelResolver.Resolve(snapshot, "a/shared")).ShouldBe("a -> own-shared");
        Describe(ModelResolver.Resolve(snapshot, "shared")).ShouldBe("ambiguous: a/shared b/shared");
    }

    [Fact]
    public void An_entry_of_Models_comes_before_everything_else()
    {
        var snapshot = Home
            .WithModel("shared", new ModelSettings("lab/shared"))
            .WithModel("ollama/qwen3:8b", new ModelSettings("lab/big"))
            .WithModel("bare", new ModelSettings("org/model"))
            .WithModel("broken", new ModelSettings("nowhere"))
            .WithModel("loop", new ModelSettings("loop"));

        Describe(ModelResolver.Resolve(snapshot, "shared")).ShouldBe("lab -> shared");
        Describe(ModelResolver.Resolve(snapshot, "ollama/qwen3:8b")).ShouldBe("lab -> big");
        Describe(ModelResolver.Resolve(snapshot, "bare")).ShouldBe("ollama -> org/model");
        Describe(ModelResolver.Resolve(snapshot, "broken")).ShouldStartWith("unknown:");
        Describe(ModelResolver.Resolve(snapshot, "loop")).ShouldStartWith("unknown:");
    }

    [Fact]
    public void Settings_of_an_alias_are_completed_by_those_of_its_target()
    {
        var snapshot = Home
            .WithModel("mine", new ModelSettings("ollama/qwen3:8b") { Temperature = 0.5 })
            .WithModel("ollama/qwen3:8b", new ModelSettings(null) { ContextWindow = 8000, Temperature = 1 })
            .WithModel("qwen3:8b", new ModelSettings(null) { TopP = 0.9 });

        var settings = ModelResolver.Resolve(snapshot, "mine").ShouldBeOfType<ModelResolution.Resolved>().Settings;
        settings.ShouldBe(new ModelSettings("ollama/qwen3:8b") { Temperature = 0.5, ContextWindow = 8000, TopP = 0.9 });

        var bare = ModelResolver.Resolve(snapshot, "qwen3:8b").ShouldBeOfType<ModelResolution.Resolved>();
        bare.Settings.ShouldBe(new ModelSettings(null) { ContextWindow = 8000, Temperature = 1, TopP = 0.9 });
        bare.ContextWindow.ShouldBe(8000);
    }

    [Fact]
    public void Only_allowed_models_are_reached()
    {
        var guarded = Configured("host", "a", "b", "c").With(p => p with
        {
            AllowedModels = ["b", "cold", "short"],
            Aliases = ImmutableDictionary<string, string>.Empty.Add("short", "long-name").Add("other", "c"),
        });
        var snapshot = Of(guarded, Embedded());

        Describe(ModelResolver.Resolve(snapshot, "b")).ShouldBe("host -> b");
        Describe(ModelResolver.Resolve(snapshot, "cold")).ShouldBe("host -> cold");
        Describe(ModelResolver.Resolve(snapshot, "host/short")).ShouldBe("host -> long-name");
        foreach (var refused in (string[])["a", "host/a", "never", "other", "host/other"])
        {
            var unknown = ModelResolver.Resolve(snapshot, refused).ShouldBeOfType<ModelResolution.Unknown>();
            unknown.RefusedBy.ShouldBe("host");
            unknown.Candidates.ShouldBe(["host/b", "host/cold", "host/short"], ignoreOrder: true);
            unknown.Message.ShouldContain($"'{refused}'");
        }
    }

    [Fact]
    public void A_second_name_of_a_model_is_sent_as_its_own()
    {
        var view = Discovered("ollama") with { Models = [new ProviderModel("llama3:latest") { OtherNames = ["llama3"] }] };

        Describe(ModelResolver.Resolve(Of(view), "llama3")).ShouldBe("ollama -> llama3:latest");
        Describe(ModelResolver.Resolve(Of(view), "ollama/llama3")).ShouldBe("ollama -> llama3:latest");
    }

    [Theory]
    [InlineData("gpt-oss", "openai/gpt-oss-20b")]
    [InlineData("gpt-oss-20", "openai/gpt-oss-20b")]
    [InlineData("GEMMA3", "gemma3:4b")]
    [InlineData("gwen3-coder", "qwen3-coder:30b")]
    [InlineData("Qwen/Qwen3-Coder", "qwen3-coder:30b")]
    [InlineData("deepseek-r2", "deepseek-r1")]
    public void The_nearest_name_comes_first(string mistyped, string nearest)
    {
        string[] known = ["openai/gpt-oss-20b", "openai/gpt-oss-120b", "gemma3:4b", "qwen3-coder:30b", "qwen2.5", "deepseek-r1", "demo"];
        NearestNames.Of(mistyped, known, 3)[0].ShouldBe(nearest);
    }

    private static string Describe(ModelResolution resolution) => resolution switch
    {
        ModelResolution.Resolved r => $"{r.Provider.Provider.Name} -> {r.UpstreamModel}",
        ModelResolution.Ambiguous a => $"ambiguous: {string.Join(' ', a.Candidates)}",
        ModelResolution.Unknown u => $"unknown: {string.Join(' ', u.Candidates)}".TrimEnd(),
        _ => throw new InvalidOperationException(),
    };
}
