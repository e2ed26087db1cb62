using System.CommandLine;
using System.CommandLine.Parsing;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.CommandLine;

/// <summary>The flags that every command takes.</summary>
internal sealed class GlobalFlags
{
    public const string InPlace = "--in-place";

    private readonly Option<string?> _home = new Option<string?>("--codex-home") { Description = "Codex's directory. Default: $CODEX_HOME, else ~/.codex.", HelpName = "dir", Recursive = true }.NotEmpty();
    private readonly Option<string?> _file = new Option<string?>("--file") { Description = "The configuration file, when it is not config.toml there.", HelpName = "path", Recursive = true }.NotEmpty();
    private readonly Option<string?> _state = new Option<string?>("--state-dir") { Description = "Where journal and backups are. Default: $XDG_STATE_HOME/codex-config, else ~/.local/state/codex-config.", HelpName = "dir", Recursive = true }.NotEmpty();
    private readonly Option<Version?> _codexVersion = new("--codex-version")
    {
        Description = "Write for this version of Codex, such as 0.169.0. Default: that of the codex on the PATH.",
        HelpName = "version",
        Recursive = true,
        CustomParser = Version,
    };

    private readonly Option<bool> _json = new("--json") { Description = "One JSON object on standard output; never asks.", Recursive = true };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print nothing but errors.", Recursive = true };
    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours; so does the variable NO_COLOR.", Recursive = true };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Say on standard error which files are read and written, and what is kept.", Recursive = true };
    private readonly Option<bool> _inPlace = new(InPlace) { Description = "Write through the file that is there, for hard links and bind mounts. Not safe against a crash.", Recursive = true };

    public void AddTo(Command root)
    {
        foreach (var option in (Option[])[_home, _file, _state, _codexVersion, _inPlace, _json, _quiet, _verbose, _noColor])
            root.Options.Add(option);
    }

    public Invocation Read(ParseResult parsed, ToolEnvironment environment, Terminal terminal)
    {
        var invocation = Of(parsed, environment, terminal);
        VerboseLines.Begin(invocation);
        return invocation;
    }

    private Invocation Of(ParseResult parsed, ToolEnvironment environment, Terminal terminal) => new(
        environment,
        terminal,
        parsed.GetValue(_home),
        parsed.GetValue(_file),
        Journal.StateDirectory.Find(environment, parsed.GetValue(_state)),
        new(parsed.GetValue(_json), parsed.GetValue(_quiet), !parsed.GetValue(_noColor) && environment.Variable("NO_COLOR") is null && terminal.IsTerminal, parsed.GetValue(_verbose) && !parsed.GetValue(_quiet)))
    {
        DeclaredCodex = parsed.GetValue(_codexVersion),
    };

    private static Version? Version(ArgumentResult result)
    {
        if (CodexVersions.Read(result.Tokens[0].Value) is { } version)
            return version;
        result.AddError("--codex-version takes a version such as 0.169.0.");
        return null;
    }
}

/// <summary>The flags of commands that write.</summary>
internal sealed class ChangeFlags
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Write without asking." };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Show what would change and write nothing." };
    private readonly Option<bool> _exitCode = new("--exit-code") { Description = "With --dry-run: end with 3 when something would change." };
    private readonly Option<bool> _diff = new("--diff") { Description = "Show the diff also with --yes." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_yes, _dryRun, _exitCode, _diff])
            command.Options.Add(option);
    }

    public bool ShowsDiff(ParseResult parsed) => parsed.GetValue(_diff) || !parsed.GetValue(_yes);

    public ChangeMode Mode(ParseResult parsed) => new()
    {
        Yes = parsed.GetValue(_yes),
        DryRun = parsed.GetValue(_dryRun),
        ExitCode = parsed.GetValue(_exitCode),
        InPlace = parsed.GetValue<bool>(GlobalFlags.InPlace),
    };
}
