using System.Collections.Immutable;
using Codex.Agent.Processes;
using Codex.Agent.Sandbox;
using Codex.Agent.Tests.Sandbox.Escapes;

namespace Codex.Agent.Tests.Sandbox;

/// <summary>A workspace inside another writable directory, where more than its own entries could be moved.</summary>
public sealed class NestedRootTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("codex-agent-nested-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Workspace => Path.Combine(_root, "a", "b", "workspace");

    [SkippableTheory]
    [InlineData("mv workspace elsewhere; mkdir -p workspace/.git && echo evil >workspace/.git/config")]
    [InlineData("cd ..; mv b elsewhere; mkdir -p b/workspace/.git && echo evil >b/workspace/.git/config")]
    [InlineData("cd ../..; mv a elsewhere; mkdir -p a/b/workspace/.git && echo evil >a/b/workspace/.git/config")]
    [InlineData("cd ../..; mv store elsewhere; mkdir -p store/git && echo evil >store/git/config")]
    [InlineData("echo evil >../../store/git/config")]
    public async Task Nothing_on_the_way_to_a_protected_directory_can_be_moved(string script)
    {
        await SkipWithoutBubblewrapAsync();
        Directory.CreateDirectory(Path.Combine(Workspace, ".git"));
        File.WriteAllText(Path.Combine(Workspace, ".git", "config"), "[core]\n");
        Directory.CreateDirectory(Path.Combine(_root, "store", "git"));
        File.WriteAllText(Path.Combine(_root, "store", "git", "config"), "[core]\n");
        var second = Path.Combine(_root, "a", "c");
        Directory.CreateDirectory(second);
        File.WriteAllText(Path.Combine(second, ".git"), $"gitdir: {_root}/store/git\n");

        await RunAsync($"cd .. && {script}", Workspace, second, _root);

        File.ReadAllText(Path.Combine(Workspace, ".git", "config")).ShouldBe("[core]\n");
        File.ReadAllText(Path.Combine(_root, "store", "git", "config")).ShouldBe("[core]\n");
    }

    [SkippableFact]
    public async Task Nothing_is_left_where_names_were_missing()
    {
        await SkipWithoutBubblewrapAsync();
        Directory.CreateDirectory(Workspace);

        var outcome = await RunAsync("ls -A; echo x >file", Workspace);

        outcome.ShouldBeOfType<CommandOutcome.Completed>().Output.ShouldBe(".agents\n.aws\n.codex\n.git\n");
        Directory.EnumerateFileSystemEntries(Workspace).Select(Path.GetFileName).ShouldBe(["file"]);
    }

    [SkippableFact]
    public async Task A_command_keeps_its_protection_when_another_ends()
    {
        await SkipWithoutBubblewrapAsync();
        Directory.CreateDirectory(Workspace);
        using var sessions = new ProcessSessions(TimeProvider.System, new Random(1), SandboxChoice.Bubblewrap);
        var script = "until [ -e go ]; do sleep 0.05; done; mkdir -p .git; echo evil >.git/config; ls -A .git";
        var running = (await sessions.StartAsync(Request(script, Workspace), terminal: false, TimeSpan.FromMilliseconds(300), default))
            .ShouldBeOfType<SessionOutcome.Running>();

        await RunAsync("true", Workspace);
        File.WriteAllText(Path.Combine(Workspace, "go"), string.Empty);
        await sessions.WriteAsync(running.Id, string.Empty, TimeSpan.FromSeconds(20), default);

        Directory.Exists(Path.Combine(Workspace, ".git")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task A_swapped_root_is_refused()
    {
        await SkipWithoutBubblewrapAsync();
        Directory.CreateDirectory(Path.Combine(_root, "outside"));
        Directory.CreateDirectory(Workspace);
        var added = Path.Combine(Workspace, "added");
        await RunAsync($"ln -s {_root}/outside added", Workspace, added);

        var outcome = await RunAsync("echo x >added/new", Workspace, added);

        outcome.ShouldBeOfType<CommandOutcome.Refused>().Reason.ShouldContain("is no longer the directory it was");
        Directory.EnumerateFileSystemEntries(Path.Combine(_root, "outside")).ShouldBeEmpty();
    }

    private static async Task SkipWithoutBubblewrapAsync()
    {
        var reason = await Machine.WhyNotAsync("bubblewrap", User.Current);
        Skip.IfNot(reason is null, reason);
    }

    private Task<CommandOutcome> RunAsync(string script, params string[] roots) =>
        new CommandRunner(TimeProvider.System, SandboxChoice.Bubblewrap).RunAsync(Request(script, roots), default);

    private CommandRequest Request(string script, params string[] roots) => new()
    {
        Words = ["/bin/sh", "-c", script],
        Directory = Workspace,
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin"),
        Sandbox = new SandboxPolicy(SandboxMode.WorkspaceWrite, [.. roots], AllowsNetwork: false),
    };
}
