using System.Collections.Immutable;
using Codex.Agent.Processes;
using Codex.Agent.Sandbox;
using Codex.Agent.Tests.Sandbox;
using Codex.Agent.Tests.Sandbox.Escapes;

namespace Codex.Agent.Tests.Processes;

/// <summary>Requests of the tests.</summary>
internal static class Commands
{
    public static readonly TheoryData<string> Backends = ["none", "bubblewrap", "landlock"];

    public static readonly ImmutableSortedDictionary<string, string> Environment =
        ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/local/bin:/usr/bin:/bin");

    public static CommandRequest Script(string script, string backend, string? directory = null)
    {
        directory ??= "/";
        return new CommandRequest
        {
            Words = ["/bin/sh", "-c", script],
            Directory = directory,
            Environment = Environment,
            Sandbox = backend == "none" ? SandboxPolicy.FullAccess : SandboxPolicy.ReadOnly,
        };
    }

    public static async Task<SandboxChoice> ChooseAsync(string backend)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands run on Linux only");
        if (backend == "none")
            return SandboxChoice.Best;
        var reason = await Machine.WhyNotAsync(backend, User.Current);
        Skip.IfNot(reason is null, reason);
        return backend == "bubblewrap" ? SandboxChoice.Bubblewrap : SandboxChoice.Landlock;
    }

    /// <summary>Waits until no process has this in its command line.</summary>
    public static async Task ShouldVanishAsync(string marker)
    {
        for (var left = 200; left > 0; left--)
        {
            if (!IsRunning(marker))
                return;
            await Task.Delay(50);
        }

        IsRunning(marker).ShouldBeFalse($"{marker} still runs");
    }

    public static bool IsRunning(string marker) =>
        Directory.EnumerateDirectories("/proc").Where(d => char.IsDigit(Path.GetFileName(d)[0])).Any(d =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(d, "cmdline")).Contains(marker, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        });
}
