using System.CommandLine;
using Codex.Agent.Threads;

namespace Codex.Agent.CommandLine;

/// <summary>One turn without a person at the keyboard: progress on standard error, the last message on standard output.</summary>
internal static class ExecCommand
{
    /// <param name="outer">The flags that may stand before the command.</param>
    public static Command Create(ExecSurroundings surroundings, ThreadOptions outer)
    {
        var options = new ExecOptions(outer);
        var prompt = new Argument<string?>("prompt") { Description = "What to do; - reads it from standard input. Piped input is added to it.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("exec", "Run one turn without questions and print the last message.") { prompt };
        command.Aliases.Add("e");
        options.AddTo(command);
        // The SDK writes them before the subcommand, people behind it.
        foreach (var option in command.Options)
            option.Recursive = true;
        command.SetAction((parsed, cancellation) => new ExecRun(surroundings, options, parsed).RunAsync(new ThreadChoice.New(), parsed.GetValue(prompt), cancellation));
        command.Subcommands.Add(CreateResume("resume", "Go on with a stored thread.", surroundings, options, isFork: false));
        command.Subcommands.Add(CreateResume("fork", "Begin a new thread with the history of a stored one.", surroundings, options, isFork: true));
        return command;
    }

    private static Command CreateResume(string name, string description, ExecSurroundings surroundings, ExecOptions options, bool isFork)
    {
        var id = new Argument<string?>("id") { Description = "Id of the thread, or its beginning; left away with --last.", Arity = ArgumentArity.ZeroOrOne };
        id.Offer(CompletionWords.Sessions);
        var prompt = new Argument<string?>("prompt") { Description = "What to do next; - reads it from standard input.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(name, description) { id, prompt };
        command.Options.Add(options.Last);
        command.Options.Add(options.All);
        command.SetAction((parsed, cancellation) =>
        {
            // With --last the first argument is the prompt.
            var last = parsed.GetValue(options.Last);
            var target = new ThreadChoice.Stored(last ? null : parsed.GetValue(id), parsed.GetValue(options.All), isFork);
            return new ExecRun(surroundings, options, parsed).RunAsync(target, last ? parsed.GetValue(prompt) ?? parsed.GetValue(id) : parsed.GetValue(prompt), cancellation);
        });
        return command;
    }
}
