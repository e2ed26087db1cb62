using System.Text;

namespace Codex.ConfigTool.Doctor;

/// <summary>A line of a file that shells read when they start.</summary>
/// <param name="File">The file, from the home directory.</param>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without comments that take the whole line.</param>
internal sealed record ShellLine(string File, int Number, string Text)
{
    public string Place => $"~/{File}:{Number}";
}

/// <summary>What shells read when they start, as far as it is in the user's home.</summary>
internal static class ShellFiles
{
    private static readonly string[] Names =
        [".bashrc", ".bash_aliases", ".bash_profile", ".bash_login", ".profile", ".zshrc", ".zshenv", ".zprofile", ".zlogin", ".config/fish/config.fish"];

    private static readonly string[] OfSession = [".config/environment.d", ".config/fish/conf.d"];

    public static IEnumerable<ShellLine> Lines(ToolEnvironment environment)
    {
        var more = OfSession.SelectMany(folder => environment.Files.FilesIn(Path.Combine(environment.UserHome, folder)).Select(f => $"{folder}/{Path.GetFileName(f)}"));
        foreach (var name in Names.Concat(more))
        {
            var number = 0;
            foreach (var line in Text(environment, Path.Combine(environment.UserHome, name)))
            {
                number++;
                if (!line.TrimStart().StartsWith('#'))
                    yield return new(name, number, line);
            }
        }
    }

    private static string[] Text(ToolEnvironment environment, string path)
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
