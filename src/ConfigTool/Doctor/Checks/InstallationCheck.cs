namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Whether the shell finds Codex.</summary>
internal static class InstallationCheck
{
    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["codex.exe", "codex.cmd"] : ["codex"];

    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Environment.Variable("PATH") is { } path
            && !path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Any(folder => Names.Any(n => File.Exists(Path.Combine(folder, n)))))
        {
            yield return new("W16", "codex is not on the PATH; the shell would say: command not found: codex", "npm install -g @openai/codex");
        }
    }
}
