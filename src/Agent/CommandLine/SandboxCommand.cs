using System.Collections;
using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.InteropServices;
using Codex.Agent.Configuration;
using Codex.Agent.Processes;
using Codex.Agent.Sandbox;

namespace Codex.Agent.CommandLine;

/// <summary><c>codex-agent sandbox -- CMD</c>: runs a command as the agent's commands run.</summary>
public static class SandboxCommand
{
    private const string Name = "sandbox";

    private static readonly ImmutableArray<string> OlderNames = ["linux", "landlock"];

    private static readonly Option<SandboxMode> Mode = new("--sandbox", "-s")
    {
        Description = "read-only, workspace-write or danger-full-access. Default: read-only",
        HelpName = "MODE",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "read-only" => SandboxMode.ReadOnly,
            "workspace-write" => SandboxMode.WorkspaceWrite,
            "danger-full-access" => SandboxMode.FullAccess,
            var other => Reject(result, $"'{other}' is not a sandbox mode: read-only, workspace-write, danger-full-access.", SandboxMode.ReadOnly),
        },
    };

    private static readonly Option<bool> FullAuto = new("--full-auto") { Description = "Older spelling of -s workspace-write" };

    private static readonly Option<string[]> Added = new("--add-dir")
    {
        Description = "Also writable, with workspace-write; may be repeated",
        HelpName = "DIR",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Network = new("--network") { Description = "Let the command use the network" };

    private static readonly Option<string> Directory = new("--cd", "-C") { Description = "Where it works", HelpName = "DIR" };

    private static readonly Option<SandboxChoice> Backend = new("--backend")
    {
        Description = "bubblewrap, landlock or landlock-alone (without namespaces); without it the best that works",
        HelpName = "NAME",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "bubblewrap" => SandboxChoice.Bubblewrap,
            "landlock" => SandboxChoice.Landlock,
            "landlock-alone" => SandboxChoice.LandlockAlone,
            var other => Reject(result, $"'{other}' is not a backend: bubblewrap, landlock, landlock-alone.", SandboxChoice.Best),
        },
    };

    private static readonly Argument<string[]> Words = new("CMD") { Description = "The command and its arguments", Arity = ArgumentArity.OneOrMore };

    public static Command Create()
    {
        var command = new Command(Name, "Run a command in the sandbox, as the agent runs its own.") { Mode, FullAuto, Added, Network, Directory, Backend, Words };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command;
    }

    /// <summary>Puts <c>--</c> before the command, so that its own options are left to it.</summary>
    public static string[] Separate(string[] arguments)
    {
        if (arguments is not [Name, ..])
            return arguments;
        ImmutableArray<string> takeValue = ["-s", "--sandbox", "--add-dir", "-C", "--cd", "--backend"];
        var at = 1;
        while (at < arguments.Length)
        {
            if (arguments[at] == "--")
                return arguments;
            if (takeValue.Contains(arguments[at]))
                at += 2;
            else if (arguments[at].StartsWith('-') || (at == 1 && OlderNames.Contains(arguments[at])))
                at++;
            else
                return [.. arguments[..at], "--", .. arguments[at..]];
        }

        return arguments;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var error = parsed.InvocationConfiguration.Error;
        var words = parsed.GetValue(Words)!;
        if (words.Length > 1 && OlderNames.Contains(words[0]))
            words = words[1..];
        var mode = parsed.GetValue(FullAuto) && parsed.GetResult(Mode) is null or { Implicit: true } ? SandboxMode.WorkspaceWrite : parsed.GetValue(Mode);
        var start = Path.GetFullPath(parsed.GetValue(Directory) ?? ".");
        var directory = LibC.RealPath(start) ?? start;
        string[] temporary = ["/tmp", Environment.GetEnvironmentVariable("TMPDIR") ?? string.Empty];
        var policy = WorkspacePolicy.Create(mode, directory, parsed.GetValue(Added) ?? [], temporary, parsed.GetValue(Network)) with
        {
            ProtectedPaths = CodexHome.Find(Surroundings.OfProcess(), new SettingsFindings()) is { } home ? [home] : [],
        };
        var choice = parsed.GetValue(Backend);
        if (policy.Mode != SandboxMode.FullAccess
            && await SandboxSelfTest.FindAsync(choice) is SandboxBackend.Landlock { Weakness: { } weakness })
        {
            await error.WriteLineAsync($"codex-agent: {weakness}");
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        var request = new CommandRequest { Words = [.. words], Directory = directory, Environment = Inherited(policy), Sandbox = policy };
        var outcome = await new CommandRunner(TimeProvider.System, choice).RunAttachedAsync(request, ended.Token);
        switch (outcome)
        {
            case CommandOutcome.Completed completed:
                return completed.ExitCode;
            case CommandOutcome.Refused refused:
                await error.WriteLineAsync($"codex-agent: {refused.Reason}");
                return 1;
            case CommandOutcome.NotStarted notStarted:
                await error.WriteLineAsync($"codex-agent: {notStarted.Reason}");
                return 127;
            default:
                throw new InvalidOperationException($"No such outcome: {outcome}.");
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.Cancel();
        }
    }

    private static ImmutableSortedDictionary<string, string> Inherited(SandboxPolicy policy)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToImmutableSortedDictionary(e => (string)e.Key, e => (string?)e.Value ?? string.Empty, StringComparer.Ordinal);
        return policy.AllowsNetwork ? variables : variables.SetItem(CallEnvironment.NetworkDisabled, "1");
    }

    private static T Reject<T>(System.CommandLine.Parsing.SymbolResult result, string message, T value)
    {
        result.AddError(message);
        return value;
    }
}
