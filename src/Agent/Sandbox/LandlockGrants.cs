using System.Collections.Immutable;

namespace Codex.Agent.Sandbox;

/// <summary>
/// Landlock grants whole trees and takes nothing back. Around a place that must stay read-only, each neighbour is granted
/// instead of what holds them: they can be changed, but nothing new can be made beside them.
/// </summary>
public static class LandlockGrants
{
    /// <param name="roots">Writable directories that exist.</param>
    /// <param name="kept">Absolute paths that must not become writable.</param>
    public static ImmutableArray<string> For(IEnumerable<string> roots, IReadOnlyCollection<string> kept) => [.. roots.SelectMany(root => Inside(root, kept))];

    private static IEnumerable<string> Inside(string place, IReadOnlyCollection<string> kept)
    {
        if (kept.Contains(place))
            return [];
        if (!kept.Any(k => k.StartsWith(place + "/", StringComparison.Ordinal)))
            return [place];
        // What a link leads to is not inside.
        return new DirectoryInfo(place).EnumerateFileSystemInfos()
            .Where(e => e.LinkTarget is null)
            .SelectMany(e => Inside(e.FullName, kept));
    }
}
