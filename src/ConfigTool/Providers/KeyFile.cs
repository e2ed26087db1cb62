using System.Collections.Immutable;
using System.Text;

namespace Codex.ConfigTool.Providers;

/// <summary>Codex's own <c>.env</c>, which wins over the shell. Only names are read, never values.</summary>
internal static class KeyFile
{
    public const string Name = ".env";

    public static ImmutableArray<string> Names(ToolEnvironment environment, string home)
    {
        var path = Path.Combine(home, Name);
        try
        {
            if (environment.Files.Describe(path) is null)
                return [];
            return [.. Encoding.UTF8.GetString(environment.Files.ReadAll(path)).Split('\n').Select(NameIn).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
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
