using System.Collections.Immutable;
using System.Text;

namespace Codex.ConfigTool.Providers;

/// <summary>Codex's own <c>.env</c>, which wins over the shell. Values are never printed.</summary>
internal static class KeyFile
{
    public const string Name = ".env";
    private const string OwnNames = "CODEX_";

    public static ImmutableArray<string> Names(ToolEnvironment environment, string home) =>
        [.. Lines(environment, home).Select(NameIn).OfType<string>()];

    /// <summary>The value of a variable without its quotes; the last line counts. Null when the file has no such line.</summary>
    public static string? Value(ToolEnvironment environment, string home, string name) =>
        Lines(environment, home).LastOrDefault(l => NameIn(l) == name) is { } line ? Unquoted(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim()) : null;

    /// <summary>The environment as programs that Codex starts see it: the shell's with the file's laid over it; names of Codex's own are passed over, as Codex does.</summary>
    public static Dictionary<string, string> Over(ToolEnvironment environment, string home)
    {
        var all = new Dictionary<string, string>(environment.Variables, StringComparer.Ordinal);
        foreach (var name in Names(environment, home).Where(n => !n.StartsWith(OwnNames, StringComparison.Ordinal)))
            all[name] = Value(environment, home, name) ?? "";
        return all;
    }

    private static string[] Lines(ToolEnvironment environment, string home)
    {
        var path = Path.Combine(home, Name);
        try
        {
            return environment.Files.Describe(path) is null ? [] : Encoding.UTF8.GetString(environment.Files.ReadAll(path)).Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Unquoted(string text)
    {
        if (text is ['\'' or '"', _, ..] && text.IndexOf(text[0], 1) is var end and > 0)
            return text[1..end];
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }

    private static string? NameIn(string line)
    {
        var text = line.Trim();
        if (text.StartsWith("export ", StringComparison.Ordinal))
            text = text["export ".Length..].TrimStart();
        var equal = text.IndexOf('=', StringComparison.Ordinal);
        return equal > 0 && text[0] != '#' ? text[..equal].TrimEnd() : null;
    }
}
