using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Files;

/// <summary>Finds Codex's directory the way Codex does.</summary>
internal static class CodexHome
{
    public const string Variable = "CODEX_HOME";
    public const string FileName = "config.toml";

    /// <summary><c>--codex-home</c>, else the variable, else <c>~/.codex</c>. A directory that is named must exist, as Codex demands.</summary>
    public static (string? Path, Refusal? Refusal) Find(ToolEnvironment environment, string? option)
    {
        if (option is not null)
            return Named(environment, option, "--codex-home");
        return environment.Variable(Variable) is { } named
            ? Named(environment, named, Variable)
            : (Path.Combine(environment.UserHome, ".codex"), null);
    }

    private static (string? Path, Refusal? Refusal) Named(ToolEnvironment environment, string named, string source)
    {
        var path = Path.GetFullPath(named);
        if (Directory.Exists(path))
            return (path, null);
        var what = environment.Files.Describe(path) is null ? "does not exist" : "is no directory";
        return (null, new(ExitCodes.Usage, $"{source} names {path}, which {what}", "create it, or name another one"));
    }
}
