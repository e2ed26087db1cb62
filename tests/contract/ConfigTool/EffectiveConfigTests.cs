using System.Text.Json;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary>What was planned is what Codex would run with, read back through its own app-server.</summary>
public sealed class EffectiveConfigTests(NodePackages packages) : IClassFixture<NodePackages>
{
    public static TheoryData<string, string> HomesAndVersions
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var home in new[] { HomeUnderTest.Empty, HomeUnderTest.Normal, HomeUnderTest.Hostile })
            {
                foreach (var release in CodexRelease.All)
                    rows.Add(home, release.Version.ToString());
            }
            return rows;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(HomesAndVersions))]
    public async Task Codex_would_run_with_the_values_of_the_plan(string kind, string version)
    {
        Skip.If(kind == HomeUnderTest.Hostile && OperatingSystem.IsWindows(), "skipped, because links need a right of their own on Windows");
        var codex = packages.Codex(CodexRelease.Of(version));
        using var home = new CodexHome();
        HomeUnderTest.Furnish(home, kind);
        var tool = await ToolProcess.RunAsync(home, "add-provider", "tensormesh", "--yes");
        tool.ExitCode.ShouldBe(0, tool.Stderr);

        var read = await EffectiveConfig.ReadAsync(codex, home);

        var config = read.GetProperty("config");
        config.GetProperty("model").GetString().ShouldBe("MiniMaxAI/MiniMax-M2.5");
        config.GetProperty("model_provider").GetString().ShouldBe("tensormesh");
        config.GetProperty("model_reasoning_effort").GetString().ShouldBe("medium");
        config.GetProperty("model_context_window").GetInt64().ShouldBe(196608);
        read.GetProperty("origins").GetProperty("model_provider").GetProperty("name").GetProperty("type").GetString().ShouldBe("user");
        Provider(read, "tensormesh").ShouldBe(new SortedDictionary<string, string?>(StringComparer.Ordinal)
        {
            ["base_url"] = "https://serverless.tensormesh.ai/v1",
            ["env_key"] = "TENSORMESH_INFERENCE_API_KEY",
            ["name"] = "tensormesh",
            ["wire_api"] = "responses",
        });
    }

    /// <summary>The provider's table in the layer of the user's file.</summary>
    private static SortedDictionary<string, string?> Provider(JsonElement read, string id)
    {
        var layer = read.GetProperty("layers").EnumerateArray()
            .Single(one => one.GetProperty("name").GetProperty("type").ValueEquals("user")).GetProperty("config");
        var keys = layer.GetProperty("model_providers").GetProperty(id).EnumerateObject();
        return new(keys.ToDictionary(key => key.Name, key => key.Value.GetString()), StringComparer.Ordinal);
    }
}
