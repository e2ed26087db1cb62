using System.Text.RegularExpressions;
using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Profiles;

/// <summary>Files <c>NAME.config.toml</c> beside the configuration, which <c>codex -p NAME</c> lays over it (Codex 0.134 and later).</summary>
internal static partial class ProfileFiles
{
    public const string Suffix = ".config.toml";

    /// <returns>What is wrong with the name, or null. Codex 0.169 takes no others.</returns>
    public static string? NameFault(string name) =>
        Pattern().IsMatch(name) ? null : "a profile's name has letters, digits, '-' and '_' only";

    public static string PathOf(string home, string name) => Path.Combine(home, name + Suffix);

    /// <summary>The profile whose file this is, or null.</summary>
    public static string? NameOf(string home, string path) =>
        Path.GetDirectoryName(path) == home && Path.GetFileName(path) is { Length: var length } file && length > Suffix.Length && file.EndsWith(Suffix, StringComparison.Ordinal) && file[0] != '.'
            ? file[..^Suffix.Length]
            : null;

    /// <summary>The profiles there are, in order.</summary>
    public static IEnumerable<string> Names(FileSystem files, string home) =>
        files.FilesIn(home).Select(f => NameOf(home, f)).OfType<string>().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
