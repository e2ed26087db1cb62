using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Tests.Files;

/// <summary>The real files, with something happening in between.</summary>
internal sealed class FaultyFiles : FileSystem
{
    private readonly FileSystem _real = Current;

    public Action<string>? OnWriteNew { get; set; }

    /// <summary>Told before the lock is taken.</summary>
    public Action<string>? OnLock { get; init; }

    /// <summary>Told of every step, before it ("before rename codex-home") and after it ("rename codex-home").</summary>
    public Action<string>? OnStep { get; init; }

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
        var copy = bytes.ToArray();
        Do($"new {FolderOf(path)}", () => _real.WriteNew(path, copy, rights));
    }

    public override void Replace(string source, string target)
    {
        var isCut = Crash && target.EndsWith("config.toml", StringComparison.Ordinal);
        if (isCut && !CrashAfterRename)
            throw new PowerCut();
        Do($"rename {FolderOf(target)}", () => _real.Replace(source, target));
        if (isCut)
            throw new PowerCut();
    }

    public override void SyncDirectory(string path) => Do($"sync {Path.GetFileName(path)}", () => _real.SyncDirectory(path));

    public override string StatePlace(string userHome, Func<string, string?> variable) => _real.StatePlace(userHome, variable);

    public override IDisposable OpenLock(string path)
    {
        OnLock?.Invoke(path);
        return _real.OpenLock(path);
    }

    public override void CreatePrivateDirectory(string path) => _real.CreatePrivateDirectory(path);

    private void Do(string step, Action action)
    {
        OnStep?.Invoke($"before {step}");
        action();
        Steps.Add(step);
        OnStep?.Invoke(step);
    }

    private static string? FolderOf(string path) => Path.GetFileName(Path.GetDirectoryName(path));

    internal sealed class PowerCut : Exception;
}
