using System.Text;
using System.Text.RegularExpressions;

namespace Codex.Gateway.Demo;

/// <summary>Texts for shells and patches.</summary>
internal static partial class DemoShell
{
    /// <summary>A word as the shell takes it, quoted only where needed.</summary>
    public static string Quote(string word) =>
        PlainWord().IsMatch(word) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>The patch that adds one file (Codex's apply_patch format).</summary>
    public static string AddFilePatch(string path, string content)
    {
        var patch = new StringBuilder("*** Begin Patch\n*** Add File: ").Append(path).Append('\n');
        foreach (var line in content.TrimEnd('\n').Split('\n'))
            patch.Append('+').Append(line).Append('\n');
        return patch.Append("*** End Patch\n").ToString();
    }

    /// <summary>The only form of apply_patch that stock Codex recognises inside a command: nothing before, nothing after.</summary>
    public static string PatchCommand(string path, string content) =>
        HereDocument("apply_patch", AddFilePatch(path, content));

    /// <summary>Writes a file with any POSIX shell.</summary>
    public static string WriteCommand(string path, string content)
    {
        var slash = path.LastIndexOf('/');
        var directory = slash > 0 ? $"mkdir -p {Quote(path[..slash])} && " : "";
        return HereDocument($"{directory}cat > {Quote(path)}", content);
    }

    /// <summary>Puts one line of text in the place of another wherever it stands in the file.</summary>
    public static string ReplaceCommand(string path, string old, string @new) =>
        $"sed -i {Quote($"s/{Special().Replace(old, @"\$0")}/{Replaced().Replace(@new, @"\$0")}/g")} {Quote(path)}";

    private static string HereDocument(string command, string text)
    {
        var mark = "EOF";
        while (text.Split('\n').Contains(mark, StringComparer.Ordinal))
            mark += "_";
        return $"{command} <<'{mark}'\n{text}{mark}\n";
    }

    /// <summary>What a basic regular expression of sed takes for more than itself.</summary>
    [GeneratedRegex(@"[\\/.*^$\[\]]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Special();

    [GeneratedRegex(@"[\\/&]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Replaced();

    [GeneratedRegex(@"\A[\w./-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainWord();
}
