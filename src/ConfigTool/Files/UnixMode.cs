namespace Codex.ConfigTool.Files;

/// <summary>The mode word of stat: four bits of kind above twelve of permission.</summary>
internal static class UnixMode
{
    private const int KindMask = 0xF000;
    private const int PermissionMask = 0xFFF;

    public static FileFacts Facts(int mode, uint user, uint group, long hardLinks)
    {
        var permissions = (UnixFileMode)(mode & PermissionMask);
        var kind = (mode & KindMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0xA000 => FileKind.Link,
            _ => FileKind.Other,
        };
        return new(kind, permissions, user, group, hardLinks, !permissions.HasFlag(UnixFileMode.UserWrite));
    }
}
