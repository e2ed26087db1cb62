using Codex.Agent.Paths;

namespace Codex.Agent.Tests.Edits;

/// <summary>A directory of one test, its path without links.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = RealPath.Resolve(Directory.CreateTempSubdirectory("codex-agent-").FullName);

    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string name) => File.ReadAllText(this[name]);

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
