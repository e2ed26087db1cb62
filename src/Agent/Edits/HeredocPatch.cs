using System.Text.RegularExpressions;

namespace Codex.Agent.Edits;

/// <summary>A patch that a shell script is made of and nothing else.</summary>
/// <param name="Directory">What the script changes to before; null when it stays.</param>
public sealed partial record HeredocPatch(string Patch, string? Directory)
{
    /// <summary>
    /// Recognises <c>apply_patch &lt;&lt;'EOF' … EOF</c>, any delimiter, quoted or not, alone or after
    /// <c>cd PATH &amp;&amp;</c>. A script that does anything more is not a patch and runs as it is.
    /// </summary>
    public static HeredocPatch? Find(string script)
    {
        var match = Form().Match(script.ReplaceLineEndings("\n"));
        if (!match.Success)
            return null;
        var body = match.Groups["body"].Value;
        var tag = match.Groups["tag"].Value;
        // The document ends at the first line that is the delimiter; what follows would be another command.
        return body.Split('\n').Contains(tag, StringComparer.Ordinal)
            ? null
            : new HeredocPatch(body, match.Groups["directory"] is { Success: true } directory ? Unquoted(directory.Value) : null);
    }

    /// <summary>Whether a whole command is a bare patch, which no shell can run.</summary>
    public static bool IsBarePatch(string script) => PatchParser.Parse(script) is PatchParse.Parsed;

    private static string Unquoted(string word) => word is ['"' or '\'', ..] ? word[1..^1] : word;

    [GeneratedRegex(
        """^\s*(cd[ \t]+(?<directory>"[^"$`\\\n]+"|'[^'\n]+'|[^\s'"$`\\;&|<>()*?\[\]{}~#!]+)[ \t]*&&[ \t]*)?(apply_patch|applypatch)[ \t]*<<[ \t]*(?<quote>['"]?)(?<tag>[A-Za-z_][A-Za-z0-9_]*)\k<quote>[ \t]*\n(?<body>.*?)\n\k<tag>\s*$""",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000)]
    private static partial Regex Form();
}
