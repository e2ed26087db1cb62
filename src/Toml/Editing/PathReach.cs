using Codex.Toml.Semantics;

namespace Codex.Toml.Editing;

/// <summary>How far a path leads into a text.</summary>
/// <param name="Node">The deepest value that is there.</param>
/// <param name="Path">Its path.</param>
/// <param name="Missing">The steps that lead on from it to nothing.</param>
internal sealed record PathReach(TomlNode Node, TomlPath Path, IReadOnlyList<PathStep> Missing)
{
    public static PathReach Of(TomlDocument document, TomlPath path)
    {
        for (var length = path.Length; ; length--)
        {
            if (document.Find(path.Take(length)) is { } node)
                return new(node, path.Take(length), [.. path.Steps.Skip(length)]);
        }
    }
}
