using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Tests.Files;

/// <summary>The real files, with something happening in between.</summary>
internal sealed class FaultyFiles : FileSystem
{
    private readonly FileSystem _real = Current;

    public Action<string>? OnWriteNew { get; set; }

    /// <summary>End the run at the rename of the configuration, as a power cut would.</summary>
    public bool Crash { get; set; }

    public bool CrashAfterRename { get; init; }

    /// <summary>Steps that matter for the disk, with the directory they are in.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>The user this run claims to be; the real one when null.</summary>
    public uint? User { get; init; }

    public override uint? EffectiveUser => User ?? _real.EffectiveUser;

    public override FileFacts? Describe(string path) => _real.Describe(path);

    public override void WriteNew(string path, ReadOnlySpan<byte> bytes, FileRights rights)
    {
        OnWriteNew?.Invoke(path);
        _real.WriteNew(path, bytes, rights);
        Steps.Add($"new {FolderOf(path)}");
    }

    public override void Replace(string source, string target)
    {
        var isCut = Crash && target.EndsWith("config.toml", StringComparison.Ordinal);
        if (isCut && !CrashAfterRename)
            throw new PowerCut();
        _real.Replace(source, target);
        Steps.Add($"rename {FolderOf(target)}");
        if (isCut)
            throw new PowerCut();
    }

    public override void SyncDirectory(string path)
    {
        _real.SyncDirectory(path);
        Steps.Add($"sync {Path.GetFileName(path)}");
    }

    public override void CreatePrivateDirectory(string path) => _real.CreatePrivateDirectory(path);

    private static string? FolderOf(string path) => Path.GetFileName(Path.GetDirectoryName(path));

    internal sealed class PowerCut : Exception;
}
