using System.Globalization;
using Codex.Agent.Sandbox;
using Codex.Contract.Tests.Providers;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>Plays a script with the real Codex and with ours, and compares what was seen with what is written down.</summary>
internal static class Comparison
{
    /// <summary>Built beside this project, in the same configuration.</summary>
    private static readonly string Program = Path.Combine(
        RepositoryRoot.Path, "src", "Agent", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "codex-agent");

    public static async Task VerifyAsync(string area, string name, NodePackages packages)
    {
        var script = DifferentialCase.Read(area, name);
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because paths and shells are Linux's in the scripts");
        var backend = script.NeedsSandbox ? await SandboxSelfTest.FindAsync() : null;
        Skip.If(script.NeedsSandbox && backend is not SandboxBackend.Bubblewrap, "skipped, because bubblewrap does not work on this machine");
        Skip.If(script.NeedsInterrupts && IgnoresInterrupts(), "skipped, because SIGINT is ignored here, as in a job in the background");
        var stock = Stage.PlayAsync(script, packages.Codex(CodexRelease.V0169));
        var ours = Stage.PlayAsync(script, Program);

        var seen = await stock;
        var blocks = Differences.Between(seen, await ours);

        var file = DifferenceFile.Read(script.PathOf("differences.md"));
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
        {
            await File.WriteAllTextAsync(script.PathOf("codex.txt"), seen);
            file.Write(script.PathOf("differences.md"), blocks);
            return;
        }

        seen.ShouldBe(await File.ReadAllTextAsync(script.PathOf("codex.txt")), "what Codex itself does");
        string.Join('\n', blocks).ShouldBe(string.Join('\n', file.Blocks), await ours);
        file.Unexplained.ShouldBeEmpty("each difference needs its reason above it");
    }

    /// <summary>What a process ignores its children ignore, and .NET leaves it so.</summary>
    private static bool IgnoresInterrupts()
    {
        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (ulong.Parse(ignored.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
    }
}
