using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Codex.Agent.Processes;

namespace Codex.Agent.Sandbox;

/// <summary>
/// Finds out, at the first use, what really holds on this machine: each backend runs a small script that must run, must
/// be filtered, and must fail to write.
/// </summary>
public static class SandboxSelfTest
{
    private static readonly ConcurrentDictionary<SandboxChoice, Lazy<Task<SandboxBackend>>> Found = new();

    /// <summary>The best backend that passed; remembered while the process lives.</summary>
    public static Task<SandboxBackend> FindAsync(SandboxChoice choice = SandboxChoice.Best) =>
        Found.GetOrAdd(choice, c => new Lazy<Task<SandboxBackend>>(() => TryAllAsync(c))).Value;

    private static async Task<SandboxBackend> TryAllAsync(SandboxChoice choice)
    {
        if (SandboxPlatform.Architecture is null)
            return new SandboxBackend.None(SandboxPlatform.Unsupported);
        var faults = new List<string>();
        foreach (var candidate in Candidates(choice, faults))
        {
            if (await FaultAsync(candidate) is not { } fault)
                return candidate;
            faults.Add(fault);
        }

        return new SandboxBackend.None(string.Join(' ', faults.Distinct(StringComparer.Ordinal)));
    }

    private static IEnumerable<SandboxBackend> Candidates(SandboxChoice choice, List<string> faults)
    {
        if (choice is SandboxChoice.Best or SandboxChoice.Bubblewrap)
        {
            if (FindBubblewrap() is { } path)
            {
                yield return new SandboxBackend.Bubblewrap(path, MountsProc: true);
                yield return new SandboxBackend.Bubblewrap(path, MountsProc: false);
            }
            else
            {
                faults.Add("bubblewrap: bwrap is not on the PATH.");
            }
        }

        if (choice == SandboxChoice.Bubblewrap)
            yield break;
        var version = KernelConfinement.LandlockVersion();
        if (version >= LandlockRights.LowestVersion)
        {
            if (choice != SandboxChoice.LandlockAlone && MountNamespace.Find() is { } namespaces)
                yield return new SandboxBackend.Landlock(version, namespaces);
            yield return new SandboxBackend.Landlock(version, Namespaces: null);
        }
        else
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"Landlock: version {LandlockRights.LowestVersion} (Linux 6.2) is needed, the kernel has {(version == 0 ? "none" : version)}."));
        }
    }

    /// <summary>Not from the directory we were started in: what lies there may be anybody's.</summary>
    private static string? FindBubblewrap()
    {
        var here = Environment.CurrentDirectory + "/";
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
            .Where(d => d.StartsWith('/'))
            .Select(d => LibC.RealPath(Path.Combine(d, "bwrap")))
            .FirstOrDefault(p => p is not null && (here == "//" || !p.StartsWith(here, StringComparison.Ordinal)));
    }

    private static async Task<string?> FaultAsync(SandboxBackend backend)
    {
        var name = backend switch
        {
            SandboxBackend.Landlock { Namespaces: not null } => "Landlock in namespaces",
            SandboxBackend.Landlock => "Landlock",
            _ => "bubblewrap",
        };
        var directory = Directory.CreateTempSubdirectory("codex-agent-sandbox-");
        try
        {
            var forbidden = Path.Combine(directory.FullName, "written");
            var root = LibC.RealPath(directory.CreateSubdirectory("root").FullName)!;
            var git = Directory.CreateDirectory(Path.Combine(root, ".git")).FullName;
            // Only what the shell itself can do: a machine may have no grep.
            const string Script = """
                while read -r key value; do [ "$key" = Seccomp: ] && [ "$value" = 2 ] && filtered=yes; done </proc/self/status
                [ "$filtered" = yes ] || { echo "the filter is not in place"; exit 1; }
                { echo >"$1/written"; } 2>/dev/null && { echo "a forbidden write succeeded"; exit 1; }
                { echo >"$2/written"; } 2>/dev/null || { echo "an allowed write failed"; exit 1; }
                [ -z "$3" ] || { echo >"$3/written"; } 2>/dev/null && [ -n "$3" ] && { echo "a write to a protected directory succeeded"; exit 1; }
                exit 0
                """;
            var environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin");
            var protects = backend is not SandboxBackend.Landlock { Namespaces: null };
            var call = new SpawnCall("/bin/sh", ["sh", "-c", Script, "sh", directory.FullName, root, protects ? git : ""], environment, "/");
            var (launch, fault) = SandboxLaunch.Prepare(call, new SandboxPolicy(SandboxMode.WorkspaceWrite, [root], AllowsNetwork: false), backend);
            if (launch is null)
                return $"{name}: {fault}";
            using (launch)
            {
                var output = new StringBuilder();
                var (child, notStarted) = await ChildProcess.StartAsync(
                    launch.Call, leavesNothing: true, bytes => output.Append(Encoding.UTF8.GetString(bytes)));
                if (child is null)
                    return $"{name}: {notStarted}";
                using var killed = new Timer(_ => child.Kill(), null, TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);
                var code = await child.Ended;
                if (File.Exists(forbidden))
                    return $"{name}: a forbidden write succeeded.";
                var said = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
                return code == 0 ? null : $"{name}: {said ?? string.Create(CultureInfo.InvariantCulture, $"the self-test ended with {code}")}.";
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
