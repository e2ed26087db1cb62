using System.Text.Json;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.ConfigTool;

/// <summary><c>show --effective</c> names for each value the file that Codex names, and the value that Codex runs with.</summary>
public sealed class EffectiveShowAcceptanceTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string Project =
        """
        model = "of-the-project"
        model_provider = "openai"
        model_verbosity = "low"
        notify = ["x"]
        openai_base_url = "http://127.0.0.1:9/v1"
        chatgpt_base_url = "http://127.0.0.1:9"
        profile = "y"
        review_model = "r"
        apps_mcp_product_sku = "x"
        experimental_realtime_ws_base_url = "ws://127.0.0.1:9"

        [model_providers.z]
        name = "z"

        [profiles.q]
        model = "x"

        [otel]
        environment = "x"

        [tui]
        theme = "of-the-project"

        [mcp_servers.a]
        command = "node"
        """;

    [SkippableTheory]
    [InlineData("trusted")]
    [InlineData("untrusted")]
    public async Task Every_value_comes_from_the_file_that_Codex_names(string trust)
    {
        var codex = packages.Codex(CodexRelease.V0169);
        using var home = new CodexHome();
        await File.WriteAllTextAsync(HomeUnderTest.ConfigPath(home),
            $"""
            model = "of-the-user"
            model_provider = "t"
            approval_policy = "never"

            [model_providers.t]
            name = "t"
            base_url = "http://127.0.0.1:9/v1"

            [tui]
            theme = "x"
            animations = false

            [projects.'{home.Work}']
            trust_level = "{trust}"
            """);
        Directory.CreateDirectory(Path.Combine(home.Work, ".codex"));
        await File.WriteAllTextAsync(Path.Combine(home.Work, ".codex", "config.toml"), Project);

        var tool = await ToolProcess.RunAsync(home, "show", "--effective", "--json");
        var read = await EffectiveConfig.ReadAsync(codex, home);

        tool.ExitCode.ShouldBe(0, tool.Stderr);
        using var json = JsonDocument.Parse(tool.Stdout);
        var ours = json.RootElement.GetProperty("values").EnumerateArray().ToDictionary(
            v => v.GetProperty("path").GetString()!.Replace("\"", "", StringComparison.Ordinal), v => v.GetProperty("layer").GetString()!, StringComparer.Ordinal);
        var theirs = read.GetProperty("origins").EnumerateObject()
            .Select(o => (o.Name, Layer: o.Value.GetProperty("name").GetProperty("type").GetString()!))
            .Where(o => o.Layer is "user" or "project" or "system").ToDictionary(o => o.Name, o => o.Layer, StringComparer.Ordinal);
        ours.OrderBy(v => v.Key, StringComparer.Ordinal).ShouldBe(theirs.OrderBy(v => v.Key, StringComparer.Ordinal));
        theirs["model"].ShouldBe(trust == "trusted" ? "project" : "user");
        var values = json.RootElement.GetProperty("values").EnumerateArray().ToDictionary(v => v.GetProperty("path").GetString()!, v => v.GetProperty("value").GetString()!, StringComparer.Ordinal);
        values["model"].ShouldBe($"\"{read.GetProperty("config").GetProperty("model").GetString()}\"");
        values["model_provider"].ShouldBe("\"t\"");
    }
}
