using System.Text;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Aliases that still use an option Codex has no more.</summary>
internal static class FullAutoCheck
{
    private const string Option = "--full-auto";
    private static readonly string[] ShellFiles = [".bashrc", ".bash_aliases", ".bash_profile", ".profile", ".zshrc", ".config/fish/config.fish"];

    public static IEnumerable<Finding> Find(Examination examination)
    {
        foreach (var name in ShellFiles)
        {
            var number = 0;
            foreach (var line in Lines(examination.Environment, Path.Combine(examination.Environment.UserHome, name)))
            {
                number++;
                if (!line.TrimStart().StartsWith('#') && line.Contains("codex", StringComparison.Ordinal) && line.Contains(Option, StringComparison.Ordinal))
                {
                    yield return new("W17", $"~/{name}:{number} calls codex with {Option}, which Codex 0.128 took away: unexpected argument '{Option}' found",
                        "-s workspace-write -a never, with codex exec only -s workspace-write");
                }
            }
        }
    }

    private static string[] Lines(ToolEnvironment environment, string path)
    {
        try
        {
            return environment.Files.Describe(path) is null ? [] : Encoding.UTF8.GetString(environment.Files.ReadAll(path)).Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
