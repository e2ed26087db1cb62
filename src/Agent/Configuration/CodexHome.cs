using Codex.Agent.Paths;

namespace Codex.Agent.Configuration;

/// <summary>Finds Codex's own directory.</summary>
internal static class CodexHome
{
    public const string Variable = "CODEX_HOME";

    /// <summary>What the variable names, which must exist; else <c>~/.codex</c>, which need not. Null when told as a fault.</summary>
    public static string? Find(Surroundings around, SettingsFindings findings)
    {
        if (around.Variable(Variable) is not { } named)
        {
            if (Path.IsPathRooted(around.UserHome))
                return RealPath.Of(Path.Combine(around.UserHome, ".codex"));
            // Without it the project's own .codex would be taken for the user's.
            findings.Fault($"No home directory is known; set HOME or {Variable}");
            return null;
        }

        var path = around.Absolute(named, around.CurrentDirectory);
        if (Directory.Exists(path))
            return RealPath.Of(path);
        findings.Fault($"{Variable} names {path}, which {(File.Exists(path) ? "is no directory" : "does not exist")}; create it, or unset {Variable}");
        return null;
    }
}
