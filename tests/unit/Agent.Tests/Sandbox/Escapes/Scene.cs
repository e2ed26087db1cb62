using System.Diagnostics;
using System.Globalization;

namespace Codex.Agent.Tests.Sandbox.Escapes;

/// <summary>A workspace, something outside of it that must stay as it is, and another process of the same user.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const string Secret = "made-up-secret";
    private readonly User _user;
    private readonly string _root;
    private readonly Listeners _listeners;
    private Process? _victim;

    private Scene(User user)
    {
        _user = user;
        var name = $"codex-agent-escape-{Guid.NewGuid():N}";
        // Not below /tmp, which commands may write to.
        _root = Path.Combine("/var/tmp", name);
        Shm = name;
        Directory.CreateDirectory(Outside);
        Directory.CreateDirectory(Path.Combine(Workspace, ".git", "hooks"));
        Directory.CreateDirectory(Path.Combine(Workspace, ".codex"));
        File.WriteAllText(Path.Combine(Outside, "file"), "untouched\n");
        File.WriteAllText(Path.Combine(Workspace, ".git", "config"), "[core]\n");
        File.WriteAllText(Path.Combine(Workspace, ".codex", "config.toml"), "model = \"m\"\n");
        var module = Directory.CreateDirectory(Path.Combine(Workspace, ".git", "modules", "lib", "sub")).FullName;
        File.WriteAllText(Path.Combine(module, "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(Path.Combine(module, "config"), "[core]\n\tworktree = ../../../../lib/sub\n");
        Directory.CreateDirectory(Path.Combine(Workspace, "lib", "sub"));
        File.WriteAllText(Path.Combine(Workspace, "lib", "sub", ".git"), "gitdir: ../../.git/modules/lib/sub\n");
        Directory.CreateDirectory(CodexHome);
        File.WriteAllText(Path.Combine(CodexHome, "config.toml"), "model = \"m\"\n");
        _listeners = new Listeners(Outside, name);
    }

    public string Workspace => Path.Combine(_root, "workspace");

    public string Outside => Path.Combine(_root, "outside");

    private string CodexHome => Path.Combine(Workspace, "codex-home");

    private string Shm { get; }

    public static async Task<Scene> CreateAsync(User user)
    {
        var scene = new Scene(user);
        if (user.Id is not null)
            (await Machine.RunAsync(["chown", "-R", $"{user.Id}:{user.Id}", scene._root])).ExitCode.ShouldBe(0);
        (await Machine.RunAsync(["chmod", "600", Path.Combine(scene.Outside, "file")])).ExitCode.ShouldBe(0);
        scene.StartVictim();
        return scene;
    }

    /// <param name="arguments">Of <c>codex-agent sandbox</c>.</param>
    public async Task<Outcome> TryAsync(IEnumerable<string> arguments, string script)
    {
        var before = await PictureAsync();
        var variables = new Dictionary<string, string>(_listeners.Variables, StringComparer.Ordinal)
        {
            ["OUT"] = Outside,
            ["VICTIM"] = _victim!.Id.ToString(CultureInfo.InvariantCulture),
            ["SHM"] = Shm,
            ["HOME"] = _root,
            ["CODEX_HOME"] = CodexHome,
            ["TMPDIR"] = string.Empty,
            ["SECRET"] = string.Empty,
        };
        // Whoever starts the agent may have left a file open.
        const string LeaveOpen = "exec 9>>\"$OUT/file\"; exec \"$@\"";
        string[] words = [.. _user.Prefix, "sh", "-c", LeaveOpen, "sh", Machine.AgentProgram, "sandbox", .. arguments, "--", "sh", "-c", script];
        var (code, output) = await Machine.RunAsync(words, variables, Workspace);
        var after = await PictureAsync();
        return new Outcome(code, output, [.. before.Except(after).Concat(after.Except(before)), .. Violations(output)]);
    }

    public async ValueTask DisposeAsync()
    {
        _victim?.Kill(entireProcessTree: true);
        _victim?.Dispose();
        _listeners.Dispose();
        foreach (var pid in Left())
            await Machine.RunAsync(["kill", "-9", pid.ToString(CultureInfo.InvariantCulture)]);
        File.Delete(Path.Combine("/dev/shm", Shm));
        await Machine.RunAsync(["rm", "-rf", _root]);
    }

    private IEnumerable<string> Violations(string output)
    {
        if (output.Contains("ESCAPED", StringComparison.Ordinal))
            yield return "the script got what it wanted";
        if (output.Contains(Secret, StringComparison.Ordinal))
            yield return "the secret was read";
        if (_victim!.HasExited)
            yield return "the other process is dead";
        if (File.Exists(Path.Combine("/dev/shm", Shm)))
            yield return "shared memory was written";
        if (Left().Any())
            yield return "a process was left behind";
        foreach (var heard in _listeners.Heard())
            yield return heard;
    }

    /// <summary>Processes of the attempt that still run.</summary>
    private IEnumerable<int> Left() => Process.GetProcesses().Select(p => p.Id).Where(IsLeft).ToList();

    private bool IsLeft(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').Contains($"left-by-{Shm}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void StartVictim()
    {
        string[] words = [.. _user.Prefix, "sh", "-c", "exec 8>>file; echo ready; exec sleep 600"];
        var start = new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = Outside, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["SECRET"] = Secret;
        _victim = Process.Start(start)!;
        _victim.StandardOutput.ReadLine().ShouldBe("ready");
    }

    /// <summary>Everything that commands may not change, a line each; and what may not come to be in the workspace.</summary>
    private async Task<HashSet<string>> PictureAsync()
    {
        var (_, listing) = await Machine.RunAsync(["find", _root, "-printf", "%P|%y|%m|%U|%T@|%s|%l\\n"]);
        var lines = listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(IsGuarded).ToHashSet(StringComparer.Ordinal);
        foreach (var file in new[] { "outside/file", "workspace/.git/config", "workspace/.codex/config.toml", "workspace/codex-home/config.toml", "workspace/lib/sub/.git" })
        {
            if (File.Exists(Path.Combine(_root, file)))
                lines.Add($"{file}: {await File.ReadAllTextAsync(Path.Combine(_root, file))}");
        }

        return lines;
    }

    private static bool IsGuarded(string line)
    {
        var fields = line.Split('|');
        var path = fields[0];
        var isSetId = fields[1] == "f" && fields[2].Length == 4 && fields[2][0] is '4' or '6' or '2';
        return isSetId
            || path == "outside" || path.StartsWith("outside/", StringComparison.Ordinal)
            || new[] { ".git", ".codex", ".agents", ".aws", "codex-home", "lib/sub/.git" }.Any(n => path == $"workspace/{n}" || path.StartsWith($"workspace/{n}/", StringComparison.Ordinal))
            || !path.StartsWith("workspace", StringComparison.Ordinal);
    }
}
