namespace Codex.ConfigTool.Files;

/// <summary>What stands at a path, links not followed.</summary>
public enum FileKind
{
    Regular,
    Directory,
    Link,

    /// <summary>A device, pipe or socket.</summary>
    Other,
}

/// <summary>What the system knows about a file.</summary>
/// <param name="Kind">What it is; a link is not followed.</param>
/// <param name="Mode">Permission bits; owner read and write on systems without them.</param>
/// <param name="UserId">The owner; 0 on systems that have no numbers.</param>
/// <param name="GroupId">The group; 0 on systems that have no numbers.</param>
/// <param name="HardLinks">Names the file has.</param>
/// <param name="IsReadOnly">The owner has no right to write.</param>
public sealed record FileFacts(FileKind Kind, UnixFileMode Mode, uint UserId, uint GroupId, long HardLinks, bool IsReadOnly);

/// <summary>Who may do what with a new file.</summary>
/// <param name="Mode">Permission bits.</param>
/// <param name="UserId">The owner it must get, or null to leave it to the system.</param>
/// <param name="GroupId">The group it must get, or null to leave it to the system.</param>
/// <param name="AccessListOf">The file whose access list it must get, or null.</param>
public sealed record FileRights(UnixFileMode Mode, uint? UserId, uint? GroupId, string? AccessListOf)
{
    /// <summary>For the owner only.</summary>
    public static FileRights Private { get; } = new(UnixFileMode.UserRead | UnixFileMode.UserWrite, null, null, null);
}
