using System.Text;
using System.Text.RegularExpressions;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Interactive;

/// <summary>
/// The program in a real terminal. <c>steps.txt</c> has one step a line: <c>env NAME=value</c> (before all others), <c>type</c>,
/// <c>key</c>, <c>paste</c> (<c>\n</c> is a line end), <c>wait</c> for a text, <c>size COLUMNS ROWS</c>, <c>screen</c>.
/// <c>screens.txt</c> has what each <c>screen</c> showed.
/// </summary>
public sealed partial class ScreenFixtureTests
{
    private const string Area = "interactive";
    private const string Separator = "--------\n";

    public static TheoryData<string> Cases => FixtureFiles.Names(Area);

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task A_terminal_shows_what_is_recorded(string name)
    {
        Skip.IfNot(Tmux.IsInstalled, "skipped, because tmux is not installed");
        var steps = (await File.ReadAllLinesAsync(FixtureFiles.Find(Area, name, "steps.txt"))).Where(s => s.Length > 0).ToList();
        await using var server = new ScriptedServer();
        using var home = new TemporaryDirectory();
        using var project = new TemporaryDirectory();
        var trusted = steps.Remove("untrusted") ? "" : $"[projects.\"{project.Path}\"]\ntrust_level = \"trusted\"\n";
        home.Write("config.toml", $"model = \"scripted\"\nmodel_provider = \"local\"\nmodel_context_window = 32000\n[model_providers.local]\nname = \"local\"\nbase_url = \"http://127.0.0.1:{server.Port}/v1\"\n{trusted}");
        var environment = new List<string> { $"PATH={Environment.GetEnvironmentVariable("PATH")}", $"HOME={home.Path}", $"CODEX_HOME={home.Path}", "TERM=screen-256color", "LANG=C.UTF-8" };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } runtime)
            environment.Add($"DOTNET_ROOT={runtime}");
        environment.AddRange(steps.Where(s => s.StartsWith("env ", StringComparison.Ordinal)).Select(s => s[4..]));
        await using var terminal = new Tmux();
        var program = Path.Combine(AppContext.BaseDirectory, "codex-agent.dll");
        // The terminal must be as it was, whatever the program did to it.
        var script = $"before=$(stty -g); dotnet {program}; code=$?; test \"$before\" = \"$(stty -g)\" && echo \"ended $code, terminal restored\"; read -r rest";
        await terminal.StartAsync(project.Path, environment, "bash", "--norc", "-c", script);
        await terminal.WaitAsync(trusted.Length > 0 ? "/help tells" : "do not trust");

        var screens = new StringBuilder();
        foreach (var step in steps)
        {
            var (verb, rest) = step.Split(' ', 2) is [var one, var two] ? (one, two) : (step, "");
            switch (verb)
            {
                case "type":
                    await terminal.TypeAsync(rest);
                    break;
                case "key":
                    await terminal.PressAsync(rest);
                    break;
                case "paste":
                    await terminal.PasteAsync(rest.Replace("\\n", "\n", StringComparison.Ordinal));
                    break;
                case "wait":
                    await terminal.WaitAsync(rest);
                    break;
                case "size":
                    await terminal.ResizeAsync(rest.Split(' ')[0], rest.Split(' ')[1]);
                    break;
                case "styles":
                    var styled = await terminal.CaptureStyledAsync();
                    screens.Append(styled.Contains('\e') ? "styled\n" : "no styles\n").Append(Separator);
                    break;
                case "screen":
                    screens.Append(Normal(await terminal.CaptureAsync(), project.Path)).Append('\n').Append(Separator);
                    break;
            }
        }

        FixtureFiles.ShouldBeIn(screens.ToString(), FixtureFiles.Find(Area, name, "screens.txt"));
    }

    /// <summary>Without what differs from run to run.</summary>
    private static string Normal(string screen, string project) => Id().Replace(screen.Replace(project, "/project", StringComparison.Ordinal), "ID");

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
