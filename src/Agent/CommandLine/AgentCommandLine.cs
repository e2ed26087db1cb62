using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Sandbox;

namespace Codex.Agent.CommandLine;

/// <summary>The commands of <c>codex-agent</c>.</summary>
public static class AgentCommandLine
{
    public static string Version { get; } =
        typeof(AgentCommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>What env and its kin answer when they could not run the command.</summary>
    private const int CannotConfine = 125;

    // Prompts and patches may begin with an @, which means no file of arguments here.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Answers <c>--version</c> alone, without the rest of the command line.</summary>
    public static async Task WriteVersionAsync()
    {
#pragma warning disable RS0030 // The console's own writer would be made with its encodings and locks.
        await using var output = new StreamWriter(Console.OpenStandardOutput());
#pragma warning restore RS0030
        await output.WriteLineAsync(Version);
    }

    /// <summary>As if a person sat at a terminal who types nothing.</summary>
    internal static Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null) =>
        RunAsync(args, new ExecSurroundings(Input: null, TimeProvider.System), output, error);

    /// <returns>0; 1 when the turn failed or the configuration is wrong; 2 when the arguments are.</returns>
    internal static async Task<int> RunAsync(string[] args, ExecSurroundings surroundings, TextWriter? output = null, TextWriter? error = null)
    {
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        invocation.Output = output ?? invocation.Output;
        invocation.Error = error ?? invocation.Error;
        if (args is [ConfinedLaunch.Command])
        {
            // Returns only when the command could not be confined, and so was not run.
            await invocation.Error.WriteLineAsync($"codex-agent: {KernelConfinement.Enter()}");
            return CannotConfine;
        }

        var words = ExecPolicyCommand.WithCommandApart(SandboxCommand.Separate(args));
        var parsed = Commands(surroundings).Parse(words, Parsing);
        if (StrayOption.Find(parsed, words) is { } stray)
        {
            await invocation.Error.WriteLineAsync($"codex-agent: {stray} is no option here. See codex-agent --help; put -- before a text that begins with -.");
            return 2;
        }

        if (parsed.Errors.Count > 0)
        {
            await invocation.Error.WriteLineAsync($"codex-agent: {parsed.Errors[0].Message} See codex-agent --help.");
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A mistake of this program: nobody is ever shown a stack trace.
            await invocation.Error.WriteLineAsync($"codex-agent: unexpected {fault.GetType().Name}: {PlainText.WithTabs(fault.Message)}");
            return 1;
        }
    }

    private static RootCommand Commands(ExecSurroundings surroundings)
    {
        var options = new ThreadOptions();
        var root = new RootCommand("A terminal coding agent made for open models. Without a command it talks with you, and a prompt in its place is what it begins with.")
        {
            ExecCommand.Create(surroundings, options),
            ApplyPatchCommand.Create(input: null),
            ExecPolicyCommand.Create(),
            SandboxCommand.Create(),
            McpCommand.Create(surroundings: null),
            DoctorCommand.Create(surroundings, options),
            FeaturesCommand.Create(surroundings: null),
            LoginCommand.CreateLogin(surroundings, around: null),
            LoginCommand.CreateLogout(around: null),
            CompletionCommand.Create(),
        };
        InteractiveCommand.AddTo(root, options, surroundings);
        foreach (var option in root.Options)
        {
            if (option is VersionOption)
                option.Aliases.Add("-V");
            else if (option is HelpOption)
                // Of another system; a shell would offer them for paths.
                RemoveAll(option.Aliases, "/?", "/h", "-?");
        }

        return root;
    }

    private static void RemoveAll(ICollection<string> aliases, params ReadOnlySpan<string> unwanted)
    {
        foreach (var alias in unwanted)
            aliases.Remove(alias);
    }
}
