using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Tests.Files;

/// <summary>The real files; the disk fails, or the power goes, at a step that is chosen by its number.</summary>
internal sealed class StepFiles : FileSystem
{
    private readonly FileSystem _real = Current;

    /// <summary>The step at which it happens, from 1; 0 for never.</summary>
    public int At { get; set; }

    /// <summary>The step is done before it happens.</summary>
    public bool Afterwards { get; init; }

    /// <summary>The power goes, so that nothing runs afterwards; else the one step fails.</summary>
    public bool IsPowerCut { get; init; }

    /// <summary>Steps since the beginning.</summary>
    public int Steps { get; private set; }

    public override uint? EffectiveUser => _real.EffectiveUser;

    public override FileFacts? Describe(string path) => _real.Describe(path);

    public override void WriteNew(string path, ReadOnlySpan<byte> bytes, FileRights rights)
    {
        Happen(afterwards: false);
        _real.WriteNew(path, bytes, rights);
        Happen(afterwards: true);
    }

    public override void Replace(string source, string target) => Step(() => _real.Replace(source, target));

    public override void Delete(string path) => Step(() => _real.Delete(path));

    public override void SyncDirectory(string path) => Step(() => _real.SyncDirectory(path));

    public override void CreatePrivateDirectory(string path) => Step(() => _real.CreatePrivateDirectory(path));

    private void Step(Action action)
    {
        Happen(afterwards: false);
        action();
        Happen(afterwards: true);
    }

    private void Happen(bool afterwards)
    {
        if (!afterwards)
            Steps++;
        if (Steps != At || afterwards != Afterwards)
            return;
        At = 0;
        throw IsPowerCut ? new FaultyFiles.PowerCut() : new IOException("the disk fails");
    }
}
