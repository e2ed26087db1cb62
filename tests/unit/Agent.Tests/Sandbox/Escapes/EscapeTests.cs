using System.Runtime.InteropServices;

namespace Codex.Agent.Tests.Sandbox.Escapes;

public sealed class BubblewrapEscapeTests
{
    public static TheoryData<string, string> Tries => EscapeCase.All(_ => true);

    [SkippableTheory]
    [MemberData(nameof(Tries))]
    public Task Bubblewrap_lets_nobody_out(string user, string attempt) => EscapeCase.ShouldFailAsync("bubblewrap", user, attempt);
}

/// <summary>What is mounted in the namespaces around Landlock; all else is the same as without them.</summary>
public sealed class LandlockEscapeTests
{
    public static TheoryData<string, string> Tries => EscapeCase.All(a => a.NeedsMounts || a.Name.StartsWith("leave a process", StringComparison.Ordinal));

    [SkippableTheory]
    [MemberData(nameof(Tries))]
    public Task Landlock_in_namespaces_lets_nobody_out(string user, string attempt) => EscapeCase.ShouldFailAsync("landlock", user, attempt);
}

public sealed class LandlockAloneEscapeTests
{
    public static TheoryData<string, string> Tries => EscapeCase.All(a => !a.NeedsMounts);

    [SkippableTheory]
    [MemberData(nameof(Tries))]
    public Task Landlock_alone_lets_nobody_out(string user, string attempt) => EscapeCase.ShouldFailAsync("landlock-alone", user, attempt);
}

/// <summary>An attempt that would fail anyway proves nothing about a sandbox.</summary>
public sealed class FreeEscapeTests
{
    public static TheoryData<string> Provable => [.. Attempts.All.Where(a => a.IsProvable).Select(a => a.Name)];

    [SkippableTheory]
    [MemberData(nameof(Provable))]
    public async Task Without_a_sandbox_the_attempt_succeeds(string name)
    {
        var attempt = EscapeCase.Find(name);
        EscapeCase.SkipUnlessRunnable(attempt);
        Skip.If(attempt.NeedsRoot && !Environment.IsPrivilegedProcess, "skipped, because only root could do it anyway");
        await using var scene = await Scene.CreateAsync(User.Current);

        var outcome = await scene.TryAsync(["-s", "danger-full-access"], attempt.Script);

        outcome.Violations.ShouldNotBeEmpty(outcome.Output);
    }
}

internal static class EscapeCase
{
    public static TheoryData<string, string> All(Func<Attempt, bool> isMeant)
    {
        var rows = new TheoryData<string, string>();
        foreach (var user in new[] { User.Current, User.Ordinary })
        {
            foreach (var attempt in Attempts.All.Where(isMeant))
                rows.Add(user.Name, attempt.Name);
        }

        return rows;
    }

    public static Attempt Find(string name) => Attempts.All.Single(a => a.Name == name);

    public static async Task ShouldFailAsync(string backend, string userName, string attemptName)
    {
        var user = User.Named(userName);
        var attempt = Find(attemptName);
        SkipUnlessRunnable(attempt);
        Skip.If(backend != "bubblewrap" && attempt.LandlockCannot, "skipped, because Landlock cannot prevent it, and says so");
        var reason = await Machine.WhyNotAsync(backend, user);
        Skip.IfNot(reason is null, reason);
        await using var scene = await Scene.CreateAsync(user);

        var outcome = await scene.TryAsync(["-s", "workspace-write", "--backend", backend], attempt.Script);

        Skip.If(attempt.NeedsMounts && outcome.Output.Contains("are not read-only", StringComparison.Ordinal),
            "skipped, because this machine makes no namespaces for this user, and the sandbox says so");
        Skip.If(attemptName == "kill another" && outcome.Output.Contains("can be killed", StringComparison.Ordinal),
            "skipped, because Landlock before version 6 cannot prevent it, and says so");
        outcome.Violations.ShouldBeEmpty(outcome.Output);
    }

    public static void SkipUnlessRunnable(Attempt attempt)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because sandboxes are for Linux");
        Skip.If(attempt.Script.Contains("perl", StringComparison.Ordinal) && !File.Exists("/usr/bin/perl"), "skipped, because perl is not installed");
        Skip.If(attempt.Script.Contains("syscall(", StringComparison.Ordinal) && RuntimeInformation.ProcessArchitecture != Architecture.X64,
            "skipped, because the attempt has the numbers of x86_64");
    }
}
