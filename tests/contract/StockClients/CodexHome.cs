namespace Codex.Contract.Tests.StockClients;

/// <summary>
/// One user's corner of the disk for Codex: HOME, CODEX_HOME, a working directory and a temporary directory, all new.
/// Runs in the same home share sessions, so that a second run can resume the first.
/// </summary>
public sealed class CodexHome : IDisposable
{
    /// <summary>The variable that carries the key of a run, when it has one.</summary>
    public const string KeyVariable = "STOCK_CLIENT_KEY";

    /// <summary>Nothing listens there (discard, RFC 863). Codex asks HTTPS hosts of its vendor for news; this ends it on loopback.</summary>
    private const string NoWayOut = "http://127.0.0.1:9";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("stock-codex-");

    public CodexHome()
    {
        foreach (var folder in new[] { Home, State, Work, Temporary })
            Directory.CreateDirectory(folder);
    }

    /// <summary>Where Codex works: it starts empty, and what a run leaves there is the result.</summary>
    public string Work => Path.Combine(_root.FullName, "work");

    /// <summary>CODEX_HOME: sessions, state, and a <c>config.toml</c> if a test writes one.</summary>
    public string State => Path.Combine(_root.FullName, "codex");

    private string Home => Path.Combine(_root.FullName, "home");

    private string Temporary => Path.Combine(_root.FullName, "tmp");

    /// <summary>Writes a file beside the working directory (schema, catalogue, image) and returns its path.</summary>
    public string AddFile(string name, byte[] content)
    {
        var path = Path.Combine(Home, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>The whole environment of a run: nothing of this machine but PATH.</summary>
    public Dictionary<string, string> Environment(string? key)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "",
            ["HOME"] = Home,
            ["CODEX_HOME"] = State,
            // Codex keeps apply_patch off the PATH of its shells, with a warning, when CODEX_HOME lies below the temporary directory.
            ["TMPDIR"] = Temporary,
            ["TERM"] = "xterm-256color",
            ["LANG"] = "C.UTF-8",
            ["HTTPS_PROXY"] = NoWayOut,
        };
        if (key is not null)
            environment[KeyVariable] = key;
        return environment;
    }

    /// <summary>Every file of the working directory except git's own, by its path with forward slashes.</summary>
    public SortedDictionary<string, string> Files()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Work, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Work, path).Replace('\\', '/');
            if (!name.StartsWith(".git/", StringComparison.Ordinal))
                files[name] = File.ReadAllText(path);
        }
        return files;
    }

    public void Dispose()
    {
        try
        {
            _root.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process that Codex left behind may still write here; the folder is in the temporary directory anyway.
        }
    }
}
