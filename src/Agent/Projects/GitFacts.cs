using Codex.Agent.Paths;

namespace Codex.Agent.Projects;

/// <summary>Where a work tree stands, read from git's files, without git. Null is unknown.</summary>
/// <param name="Commit">Hash of the commit that is checked out.</param>
/// <param name="Branch">Its short name; null when none is.</param>
/// <param name="Remote">Address of <c>origin</c>, without a name or password in it.</param>
public sealed record GitFacts(string? Commit, string? Branch, string? Remote)
{
    private const string BranchPrefix = "refs/heads/";
    private const int LongestFile = 4 * 1024 * 1024;

    /// <summary>Null outside any work tree.</summary>
    /// <param name="directory">Absolute.</param>
    public static GitFacts? Read(string directory)
    {
        if (GitRepository.FindRoot(directory) is not { } root || OwnFolder(root) is not { } own)
            return null;
        // A linked work tree has its own HEAD; branches and settings are those of the main one.
        var shared = Text(Path.Combine(own, "commondir")) is { } common ? RealPath.Of(Path.GetFullPath(common.Trim(), own)) : own;
        if (Text(Path.Combine(own, "HEAD"))?.Trim() is not { Length: > 0 } head)
            return null;
        var name = head.StartsWith("ref:", StringComparison.Ordinal) ? head["ref:".Length..].Trim() : null;
        return new GitFacts(
            name is null ? head : Hash(own, name) ?? Hash(shared, name) ?? Packed(shared, name),
            name is not null && name.StartsWith(BranchPrefix, StringComparison.Ordinal) ? name[BranchPrefix.Length..] : null,
            Origin(Path.Combine(shared, "config")));
    }

    private static string? OwnFolder(string root)
    {
        var mark = Path.Combine(root, ".git");
        if (Directory.Exists(mark))
            return mark;
        return Text(mark)?.Trim() is { } line && line.StartsWith("gitdir:", StringComparison.Ordinal) ? Path.GetFullPath(line["gitdir:".Length..].Trim(), root) : null;
    }

    private static string? Hash(string folder, string name) => Text(Path.Combine(folder, name))?.Trim() is { Length: > 0 } hash ? hash : null;

    private static string? Packed(string folder, string name) => Text(Path.Combine(folder, "packed-refs"))?
        .Split('\n')
        .Select(l => l.Trim().Split(' '))
        .FirstOrDefault(l => l.Length == 2 && l[1] == name)?[0];

    private static string? Origin(string config)
    {
        var isOrigin = false;
        foreach (var line in (Text(config) ?? "").Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith('['))
                isOrigin = line == "[remote \"origin\"]";
            else if (isOrigin && line.Split('=', 2) is [var key, var value] && key.Trim() == "url")
                return WithoutCredentials(value.Trim());
        }

        return null;
    }

    private static string WithoutCredentials(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.UserInfo.Length > 0 && url.Scheme is "http" or "https"
            ? address.Replace(url.UserInfo + "@", "", StringComparison.Ordinal)
            : address;

    private static string? Text(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: <= LongestFile } ? File.ReadAllText(file) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
