using System.Collections.Immutable;
using System.Text;

namespace Codex.Agent.Interactive.Commands;

/// <summary>Commands about the terminal and the program.</summary>
internal static class TerminalCommands
{
    /// <summary>More than this, base64, and terminals drop the sequence (xterm's and tmux' limits are larger).</summary>
    private const int MostCopiedBytes = 70_000;

    public static readonly ImmutableArray<SlashCommand> All =
    [
        new("copy", "", "Copy the last answer to the clipboard (OSC 52).", WhileWorking: true, CopyAsync),
        new("help", "", "Show this list and the keys.", WhileWorking: true, HelpAsync),
        new("quit", "", "End the program.", WhileWorking: true, QuitAsync),
        new("exit", "", "End the program.", WhileWorking: true, QuitAsync) { IsAlias = true },
    ];

    private const string Keys =
        "  Enter sends · Ctrl-J new line · Up, Down earlier prompts · Ctrl-R those alike\n"
        + "  !COMMAND runs a command of yours, in the sandbox; the model is told of it\n"
        + "  Ctrl-A/E begin, end · Ctrl-K/U/W cut · Ctrl-Y insert · Alt-B/F by words\n"
        + "  Tab completes /commands, @files, $skills; else, while it works, Tab queues\n"
        + "  Ctrl-C or Esc interrupts · Ctrl-C twice or Ctrl-D quits\n";

    private static Task CopyAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        if (session.LastMessage is not { } message)
        {
            session.PrintLine("There is no answer to copy yet.");
        }
        else if (Encoding.UTF8.GetBytes(message) is { Length: <= MostCopiedBytes } bytes)
        {
            session.WriteControl($"\e]52;c;{Convert.ToBase64String(bytes)}\a");
            session.PrintLine("Copied, if the terminal allows it.");
        }
        else
        {
            session.PrintLine("The answer is too long for the terminal's clipboard.");
        }

        return Task.CompletedTask;
    }

    private static Task HelpAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        session.Print(SlashCommands.Help() + Keys);
        return Task.CompletedTask;
    }

    private static Task QuitAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        session.Quit();
        return Task.CompletedTask;
    }
}
