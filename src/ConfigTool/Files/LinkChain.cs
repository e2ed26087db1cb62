using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Files;

/// <summary>Follows links by hand: a link that leads nowhere yet is fine, a circle is not (Codex 0.169 would start from an empty file).</summary>
internal static class LinkChain
{
    private const int Longest = 40;

    /// <returns>Where the path leads, or why that cannot be said.</returns>
    public static (string? RealPath, Refusal? Refusal) Resolve(FileSystem files, string path)
    {
        var current = path;
        for (var links = 0; links <= Longest; links++)
        {
            if (files.Describe(current) is not { Kind: FileKind.Link })
                return (current, null);
            current = files.ReadLink(current);
        }

        return (null, new(ExitCodes.CannotWrite, $"{path} is a circle of links, or more than {Longest} of them", "make it a link to a file, or remove it"));
    }
}
