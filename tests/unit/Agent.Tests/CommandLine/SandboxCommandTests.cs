using Codex.Agent.CommandLine;
using Codex.Agent.Tests.Sandbox;
using Codex.Agent.Tests.Sandbox.Escapes;

namespace Codex.Agent.Tests.CommandLine;

public sealed class SandboxCommandTests : IDisposable
{
    // Not below /tmp, which is writable in a workspace.
    private readonly string _root = Path.Combine("/var/tmp", $"codex-agent-command-{Guid.NewGuid():N}");

    public SandboxCommandTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "work"));
        Directory.CreateDirectory(Path.Combine(_root, "added"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("sandbox ls -l", "sandbox -- ls -l")]
    [InlineData("sandbox -- ls -l", "sandbox -- ls -l")]
    [InlineData("sandbox -s workspace-write --network ls -s x", "sandbox -s workspace-write --network -- ls -s x")]
    [InlineData("sandbox --sandbox=read-only ls -- x", "sandbox --sandbox=read-only -- ls -- x")]
    [InlineData("sandbox linux --full-auto ls -l", "sandbox linux --full-auto -- ls -l")]
    [InlineData("sandbox linux -- ls", "sandbox linux -- ls")]
    [InlineData("sandbox --help", "sandbox --help")]
    [InlineData("exec sandbox ls", "exec sandbox ls")]
    public void The_commands_own_options_are_left_to_it(string given, string expected) =>
        string.Join(' ', SandboxCommand.Separate(given.Split(' '))).ShouldBe(expected);

    [SkippableTheory]
    [InlineData("sandbox sh -c SCRIPT", false, false, false)]
    [InlineData("sandbox linux -- sh -c SCRIPT", false, false, false)]
    [InlineData("sandbox landlock -- sh -c SCRIPT", false, false, false)]
    [InlineData("sandbox -s read-only -- sh -c SCRIPT", false, false, false)]
    [InlineData("sandbox -s workspace-write -- sh -c SCRIPT", true, false, false)]
    [InlineData("sandbox --full-auto -- sh -c SCRIPT", true, false, false)]
    [InlineData("sandbox linux --full-auto -- sh -c SCRIPT", true, false, false)]
    [InlineData("sandbox -s workspace-write --add-dir ../added -- sh -c SCRIPT", true, true, false)]
    [InlineData("sandbox -s workspace-write --network -- sh -c SCRIPT", true, false, true)]
    [InlineData("sandbox -s danger-full-access -- sh -c SCRIPT", true, true, true)]
    public async Task A_mode_allows_what_it_says(string arguments, bool here, bool added, bool network)
    {
        foreach (var backend in new[] { "bubblewrap", "landlock" })
        {
            var reason = await Machine.WhyNotAsync(backend, User.Current);
            Skip.IfNot(reason is null, reason);
            const string Script = """
                echo x 2>/dev/null >here && echo here
                echo x 2>/dev/null >../added/x && echo added
                perl -e 'use Socket; socket(S,AF_INET,SOCK_STREAM,0) and print qq(network\n)'
                exit 5
                """;
            var words = arguments.Split(' ').Select(w => w == "SCRIPT" ? Script : w).ToList();
            words.InsertRange(words[1] is "linux" or "landlock" ? 2 : 1, ["--backend", backend]);

            var (code, output) = await Machine.RunAsync([Machine.AgentProgram, .. words], directory: Path.Combine(_root, "work"));

            code.ShouldBe(5, output);
            var lines = output.Split('\n');
            lines.Contains("here").ShouldBe(here, output);
            lines.Contains("added").ShouldBe(added, output);
            lines.Contains("network").ShouldBe(network, output);
        }
    }

    [SkippableTheory]
    [InlineData("sandbox -- no-such-program", 127, "codex-agent: no-such-program: command not found.")]
    [InlineData("sandbox -s everything -- true", 2, "codex-agent: 'everything' is not a sandbox mode: read-only, workspace-write, danger-full-access.")]
    [InlineData("sandbox -s workspace-write -C / -- true", 1, "codex-agent: The whole file system cannot be a writable root.")]
    public async Task What_goes_wrong_is_said_in_a_line(string arguments, int expected, string said)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because sandboxes are for Linux");
        var (code, output) = await Machine.RunAsync([Machine.AgentProgram, .. arguments.Split(' ')]);

        code.ShouldBe(expected, output);
        output.ShouldContain(said);
    }

    [SkippableFact]
    public async Task Without_a_backend_commands_are_refused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because sandboxes are for Linux");
        var nothing = new Dictionary<string, string> { ["PATH"] = _root };

        var (code, output) = await Machine.RunAsync([Machine.AgentProgram, "sandbox", "--backend", "bubblewrap", "--", "/bin/true"], nothing);

        code.ShouldBe(1, output);
        output.ShouldBe("codex-agent: No sandbox works on this machine, so commands are refused. bubblewrap: bwrap is not on the PATH. "
            + "Install bubblewrap (and allow user namespaces), or, if this machine is itself a sandbox, run with -s danger-full-access.\n");
    }

    [SkippableFact]
    public async Task The_weaker_backend_says_so()
    {
        var reason = await Machine.WhyNotAsync("landlock-alone", User.Current);
        Skip.IfNot(reason is null, reason);

        var (_, output) = await Machine.RunAsync([Machine.AgentProgram, "sandbox", "--backend", "landlock-alone", "--", "true"]);

        output.ShouldStartWith("codex-agent: The sandbox is weaker here: protected directories (.git, .codex, .agents, .aws) are not read-only");
    }
}
