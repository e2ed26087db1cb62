using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Tests.Fuzz;
using Codex.Toml;
using Codex.Toml.Diff;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>Whatever the layout, what the file means changes by what was asked and nothing else.</summary>
public sealed class RandomLayoutStories
{
    private const int Files = 150;

    private static readonly HashSet<string> Root = ["model_provider", "model", "model_reasoning_effort", "model_context_window"];

    private static readonly HashSet<string> Table = ["name", "base_url", "wire_api", "env_key", "experimental_bearer_token"];

    [Fact]
    public void F30_random_layouts_change_by_the_plan_alone()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var written = 0;
        using var tool = new ToolRun();
        for (var i = 0; i < Files; i++)
        {
            var text = RandomConfig.Create(random);
            tool.Config = text;
            var before = TomlDocument.Parse(File.ReadAllBytes(tool.ConfigPath));

            var outcome = tool.Run("add-provider tensormesh --yes --force");

            var told = $"seed {seed}, file {i}:\n{text}\n{outcome.Error}";
            // Refused: both a variable and a command for the key; tables that are none.
            outcome.ExitCode.ShouldBeOneOf([ExitCodes.Done, ExitCodes.Conflict, ExitCodes.InvalidConfiguration], told);
            var after = TomlDocument.Parse(File.ReadAllBytes(tool.ConfigPath));
            if (outcome.ExitCode != ExitCodes.Done)
            {
                tool.Config.ShouldBe(text, told);
                continue;
            }

            written++;
            foreach (var difference in SemanticDiff.Compare(before, after))
                IsAsked(difference).ShouldBeTrue($"{difference.Path} changed; {told}");
            (after.Find(TomlPath.Of("model_providers", "tensormesh", "base_url"))?.ToValue() as Toml.Values.TomlValue.String)?.Value
                .ShouldBe("https://serverless.tensormesh.ai/v1", told);
        }

        written.ShouldBeGreaterThan(Files / 2, "else most were refused and the check says little");
    }

    private static bool IsAsked(SemanticDifference difference) => difference.Path.Steps.Select(s => s.Key).ToArray() switch
    {
        [var key] when key != "model_providers" => Root.Contains(key!),
        ["model_providers"] or ["model_providers", "tensormesh"] => difference is SemanticDifference.Added,
        ["model_providers", "tensormesh", var key] => Table.Contains(key!),
        _ => false,
    };
}
