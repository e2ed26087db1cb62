using System.Collections.Concurrent;
using System.Diagnostics;
using Codex.Agent.Tests.Sandbox.Escapes;

namespace Codex.Agent.Tests.Sandbox;

/// <summary>Programs run beside the tests.</summary>
internal static class Machine
{
    private static readonly ConcurrentDictionary<(string, string), Lazy<Task<string?>>> Missing = new();

    public static string AgentProgram { get; } = Path.Combine(AppContext.BaseDirectory, "codex-agent");

    public static async Task<(int ExitCode, string Output)> RunAsync(
        IEnumerable<string> words, IReadOnlyDictionary<string, string>? variables = null, string directory = "/")
    {
        var list = words.ToList();
        var start = new ProcessStartInfo(list[0], list.Skip(1))
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var killed = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Why this backend cannot be tried as this user; null when it can.</summary>
    public static Task<string?> WhyNotAsync(string backend, User user) =>
        Missing.GetOrAdd((backend, user.Name), _ => new Lazy<Task<string?>>(() => ProbeAsync(backend, user))).Value;

    private static async Task<string?> ProbeAsync(string backend, User user)
    {
        if (!OperatingSystem.IsLinux())
            return "skipped, because sandboxes are for Linux";
        if (user == User.Ordinary && !Environment.IsPrivilegedProcess)
            return "skipped, because only root can become another user";
        if (backend == "bubblewrap" && !(Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(d => File.Exists(Path.Combine(d, "bwrap"))))
            return "skipped, because bubblewrap is not installed";
        try
        {
            var (code, output) = await RunAsync([.. user.Prefix, AgentProgram, "sandbox", "--backend", backend, "--", "true"]);
            return code == 0 ? null : $"skipped, because this machine has no {backend} for the {user.Name} user: {output.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"skipped, because a program is missing: {e.Message}";
        }
    }
}
