using System.Text.Json;

namespace Codex.ConfigTool.Tests.CommandLine;

/// <summary>Which of several files has the last word on each value.</summary>
public sealed class EffectiveShowTests : IDisposable
{
    private readonly ToolRun _tool = new() { Config = "model = \"mine\"\nmodel_provider = \"t\"\n\n[model_providers.t]\nname = \"t\"\nhttp_headers = { Authorization = \"Bearer 0123456789abcdef\" }\n[tui]\ntheme = \"x\"\n" };

    public EffectiveShowTests() => Directory.CreateDirectory(_tool.WorkFolder);

    [Theory]
    [InlineData("machine", "model_verbosity = \"low\"\nmodel = \"theirs\"", "model_verbosity", "\"low\"", "system", 1)]
    [InlineData("machine", "model_verbosity = \"low\"\nmodel = \"theirs\"", "model", "\"mine\"", "user", 1)]
    [InlineData("project", "# c\nmodel = \"of the project\"", "model", "\"of the project\"", "project", 2)]
    [InlineData("project", "model_provider = \"openai\"", "model_provider", "\"t\"", "user", 2)]
    [InlineData("project", "[model_providers.t]\nname = \"z\"", "model_providers.t.name", "\"t\"", "user", 5)]
    [InlineData("project", "tui.animations = false", "tui.theme", "\"x\"", "user", 8)]
    [InlineData("project", "tui.animations = false", "tui.animations", "false", "project", 1)]
    [InlineData("project", "tui = 3", "tui", "3", "project", 1)]
    [InlineData("untrusted", "model = \"of the project\"", "model", "\"mine\"", "user", 1)]
    [InlineData("manager", "model_provider = \"openai\"", "model_provider", "\"openai\"", "managed", 1)]
    [InlineData("profile", "model = \"of the profile\"\nmodel_provider = \"openai\"", "model_provider", "\"openai\"", "profile", 2)]
    public void The_highest_file_that_says_something_has_the_last_word(string place, string text, string path, string value, string layer, int line)
    {
        Write(place, text);

        var shown = Values("show", "--effective", "--json")[path];

        shown.ShouldBe((value, layer, line));
    }

    [Fact]
    public void A_project_is_above_a_profile_and_the_manager_above_all()
    {
        Write("machine", "model = \"1\"");
        Write("profile", "model = \"3\"");
        Values("show", "--effective", "--json")["model"].Value.ShouldBe("\"3\"");
        Write("project", "model = \"4\"");
        Values("show", "--effective", "--json")["model"].Value.ShouldBe("\"4\"");
        Write("manager", "model = \"5\"");
        Values("show", "--effective", "--json")["model"].Value.ShouldBe("\"5\"");
    }

    [Fact]
    public void The_nearest_folder_of_a_project_has_the_last_word()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_tool.WorkFolder, "inner")).FullName;
        Directory.CreateDirectory(Path.Combine(_tool.WorkFolder, ".git"));
        Write("project", "model = \"outer\"\nmodel_verbosity = \"low\"");
        Directory.CreateDirectory(Path.Combine(inner, ".codex"));
        File.WriteAllText(Path.Combine(inner, ".codex", "config.toml"), "model = \"inner\"\n");

        var values = Values("show", "--effective", "--cwd", inner, "--json");

        values["model"].Value.ShouldBe("\"inner\"");
        values["model_verbosity"].Value.ShouldBe("\"low\"");
        Values("show", "--effective", "--json")["model"].Value.ShouldBe("\"outer\"");
    }

    [Fact]
    public void A_person_sees_each_value_with_its_file_and_line_and_no_secret()
    {
        Write("project", "model = \"of the project\"\nnotify = [\"x\"]");

        var outcome = _tool.Run("show --effective");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        var lines = outcome.Output.ReplaceLineEndings("\n").Split('\n');
        lines.ShouldContain(l => l.StartsWith("model = \"of the project\"", StringComparison.Ordinal) && l.EndsWith($"{Path.Combine(".codex", "config.toml")}:1", StringComparison.Ordinal));
        lines.ShouldContain(l => l.StartsWith("tui.theme = \"x\"", StringComparison.Ordinal) && l.EndsWith("config.toml:8", StringComparison.Ordinal));
        outcome.Output.ShouldNotContain("0123456789abcdef");
        outcome.Error.ShouldContain("Codex passes over notify in ");
        outcome.Error.ShouldContain("the model is the project's and the provider yours");
        _tool.Run("show t --effective").Output.ShouldNotContain("tui.theme");
    }

    [Theory]
    [InlineData("show --cwd .", 2, "belong to --effective")]
    [InlineData("show --effective --cwd nowhere", 2, "is no directory")]
    [InlineData("show --effective --profile nobody", 2, "there is no profile 'nobody'")]
    [InlineData("show nobody --effective", 2, "no file has a provider 'nobody'")]
    [InlineData("show --effective --profile bad", 5, "bad.config.toml:1:5")]
    public void What_cannot_be_shown_is_refused(string arguments, int exitCode, string reason)
    {
        File.WriteAllText(Path.Combine(_tool.CodexHome, "bad.config.toml"), "a = \n");

        var outcome = _tool.Run(arguments);

        outcome.ExitCode.ShouldBe(exitCode);
        outcome.Error.ShouldContain(reason);
    }

    public void Dispose() => _tool.Dispose();

    private Dictionary<string, (string Value, string Layer, int Line)> Values(params string[] arguments)
    {
        var outcome = _tool.Run(File.Exists(Path.Combine(_tool.CodexHome, "work.config.toml")) ? [.. arguments, "--profile", "work"] : arguments);
        outcome.ExitCode.ShouldBe(0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        return json.RootElement.GetProperty("values").EnumerateArray().ToDictionary(
            v => v.GetProperty("path").GetString()!, v => (v.GetProperty("value").GetString()!, v.GetProperty("layer").GetString()!, v.GetProperty("line").GetInt32()), StringComparer.Ordinal);
    }

    private void Write(string place, string text)
    {
        var path = place switch
        {
            "machine" => Path.Combine(_tool.SystemFolder, "config.toml"),
            "manager" => Path.Combine(_tool.SystemFolder, "managed_config.toml"),
            "profile" => Path.Combine(_tool.CodexHome, "work.config.toml"),
            _ => Path.Combine(_tool.WorkFolder, ".codex", "config.toml"),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text + "\n");
        if (place == "project")
            _tool.Config += $"\n[projects.'{_tool.WorkFolder}']\ntrust_level = \"trusted\"\n";
    }
}
