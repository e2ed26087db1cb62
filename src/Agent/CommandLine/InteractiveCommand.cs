using System.Collections.Immutable;
using System.CommandLine;
using Codex.Agent.Configuration;
using Codex.Agent.Interactive;
using Codex.Agent.Interactive.Questions;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Interactive.Terminal;
using Codex.Agent.Loop;
using Codex.Agent.Projects;
using Codex.Agent.Threads;

namespace Codex.Agent.CommandLine;

/// <summary><c>codex-agent</c> without a subcommand: a conversation at the terminal.</summary>
internal static class InteractiveCommand
{
    private const int Failed = 1;
    private const int WrongArguments = 2;
    private const char Yes = 'y';
    private const char No = 'n';

    /// <param name="options">Of the root command; they may stand before every way of starting a conversation.</param>
    public static void AddTo(RootCommand root, ThreadOptions options, ExecSurroundings surroundings)
    {
        var prompt = new Argument<string?>("prompt") { Arity = ArgumentArity.ZeroOrOne, Hidden = true };
        root.Arguments.Add(prompt);
        options.AddTo(root);
        root.SetAction((parsed, cancellation) => StartAsync(
            parsed, surroundings, options.Settings(parsed, isExec: false), options.Images(parsed), new ThreadChoice.New(), parsed.GetValue(prompt), cancellation));
        root.Subcommands.Add(CreateStored("resume", "Go on with a stored conversation; without an id, choose one.", isFork: false, options, surroundings));
        root.Subcommands.Add(CreateStored("fork", "Go on in a copy of a stored conversation.", isFork: true, options, surroundings));
    }

    private static Command CreateStored(string name, string description, bool isFork, ThreadOptions outer, ExecSurroundings surroundings)
    {
        var options = new ThreadOptions();
        var id = new Argument<string?>("id") { Description = "Id or name of the conversation, or the beginning of its id; left away with --last.", Arity = ArgumentArity.ZeroOrOne };
        var prompt = new Argument<string?>("prompt") { Description = "What to say next.", Arity = ArgumentArity.ZeroOrOne };
        var last = new Option<bool>("--last") { Description = "The newest conversation of this directory." };
        var all = new Option<bool>("--all") { Description = "With --last: of all directories." };
        var command = new Command(name, description) { id, prompt, last, all };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = options.Settings(parsed, isExec: false).Over(outer.Settings(parsed, isExec: false));
            string[] images = [.. outer.Images(parsed), .. options.Images(parsed)];
            var isLast = parsed.GetValue(last);
            if (isLast || parsed.GetValue(id) is not null)
            {
                var stored = new ThreadChoice.Stored(isLast ? null : parsed.GetValue(id), parsed.GetValue(all), isFork);
                // With --last the first argument is the prompt.
                return await StartAsync(parsed, surroundings, wanted, images, stored, isLast ? parsed.GetValue(prompt) ?? parsed.GetValue(id) : parsed.GetValue(prompt), cancellation);
            }

            if (!isFork)
                return await StartAsync(parsed, surroundings, wanted, images, new ThreadChoice.New(), "/resume", cancellation);
            await parsed.InvocationConfiguration.Error.WriteLineAsync("codex-agent: say which conversation to fork, by its id or --last; codex-agent resume lists them.");
            return WrongArguments;
        });
        return command;
    }

    private static async Task<int> StartAsync(
        ParseResult parsed, ExecSurroundings surroundings, SettingsRequest wanted, IReadOnlyList<string> imageFiles, ThreadChoice choice, string? prompt, CancellationToken cancellation)
    {
        var error = parsed.InvocationConfiguration.Error;
        if (surroundings.Input is not null || !surroundings.HasScreen)
        {
            await error.WriteLineAsync("codex-agent: a conversation needs a terminal; use codex-agent exec without one.");
            return Failed;
        }

        if (Load(wanted, surroundings, out var problem) is not { } settings)
        {
            await error.WriteLineAsync($"codex-agent: {problem}");
            return Failed;
        }

        var (images, imageProblem) = await ImageFiles.LoadAsync(imageFiles, settings.WorkingDirectory, cancellation);
        if (imageProblem is not null)
        {
            await error.WriteLineAsync($"codex-agent: {imageProblem}");
            return Failed;
        }

        var (exitCode, failure) = await RunAsync(wanted, settings, surroundings, choice, prompt, images, cancellation);
        if (failure is not null)
            await error.WriteLineAsync($"codex-agent: {failure}");
        return exitCode;
    }

    private static async Task<(int ExitCode, string? Failure)> RunAsync(
        SettingsRequest wanted, AgentSettings settings, ExecSurroundings surroundings, ThreadChoice choice, string? prompt, ImmutableArray<InputImage> images, CancellationToken cancellation)
    {
        var isDumb = settings.Variable("TERM") is null or "dumb";
        var style = new Style(isDumb || settings.Variable("NO_COLOR") is not null);
        using var terminal = new RawTerminal(takesKeys: !isDumb);
        var session = new InteractiveSession(wanted, settings, terminal, style, surroundings.Time, images);
        try
        {
            if (settings.Trust == ProjectTrust.Undecided)
            {
                if (await AskTrustAsync(session, settings, cancellation) is not { } isTrusted)
                    return (session.ExitCode ?? 0, null);
                if (await TrustWriter.WriteAsync(settings.CodexHome, settings.ProjectRoot, isTrusted, cancellation) is { } unwritten)
                    session.PrintLine(style.Accent($"warning: the decision is not kept: {PlainText.Of(unwritten)}"));
                if (session.Desk.Reload() is { } unreadable)
                    return (Failed, unreadable);
            }

            if (await session.Desk.OpenAsync(choice, cancellation) is { } problem)
                return (Failed, problem);
            return (await session.RunAsync(prompt, cancellation), null);
        }
        finally
        {
            session.Close();
            await session.Desk.DisposeAsync();
        }
    }

    /// <returns>Null when the user leaves.</returns>
    private static async Task<bool?> AskTrustAsync(InteractiveSession session, AgentSettings settings, CancellationToken cancellation)
    {
        var answer = await session.AskFirstAsync(
            [
                new LedLine("", $"Do you trust the files in {VisibleText.Of(settings.ProjectRoot)}?"),
                new LedLine("  ", "Trusted: its configuration counts, and commands may change its files."),
                new LedLine("  ", "Not trusted: its configuration does not count, and you are asked first."),
                new LedLine("  ", $"The answer is kept in {VisibleText.Of(Path.Combine(settings.CodexHome, "config.toml"))}."),
            ],
            [new Choice(Yes, "trust"), new Choice(No, "do not trust"), new Choice(Choice.EscapeKey, "leave")],
            cancellation);
        return answer switch { Yes => true, No => false, _ => null };
    }

    private static AgentSettings? Load(SettingsRequest wanted, ExecSurroundings surroundings, out string? problem)
    {
        var loaded = new SettingsLoader(Surroundings.OfProcess(), surroundings.Time).Load(wanted);
        problem = (loaded as SettingsLoaded.Refused)?.Message;
        return (loaded as SettingsLoaded.Ready)?.Settings;
    }
}
