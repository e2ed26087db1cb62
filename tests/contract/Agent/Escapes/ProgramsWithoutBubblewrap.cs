namespace Codex.Contract.Tests.Agent.Escapes;

/// <summary>A directory for PATH in which every program of this machine is, but for bubblewrap.</summary>
public sealed class ProgramsWithoutBubblewrap : IDisposable
{
    // Readable for every user, and not below /tmp, which commands may write to.
    private readonly string _path = Path.Combine("/var/tmp", $"codex-agent-programs-{Guid.NewGuid():N}");

    public string Place
    {
        get
        {
            if (!Directory.Exists(_path))
                Fill();
            return _path;
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(_path))
            Directory.Delete(_path, recursive: true);
    }

    private void Fill()
    {
        Directory.CreateDirectory(_path);
        foreach (var file in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).DistinctBy(Path.GetFileName))
        {
            if (Path.GetFileName(file) != "bwrap")
                File.CreateSymbolicLink(Path.Combine(_path, Path.GetFileName(file)), file);
        }
    }
}
