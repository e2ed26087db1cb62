using System.Collections.Immutable;
using Codex.Agent.Threads;

namespace Codex.Agent.Interactive.Commands;

/// <summary>Commands about the conversation.</summary>
internal static class ThreadCommands
{
    public static readonly ImmutableArray<SlashCommand> All =
    [
        new("new", "", "Begin a new conversation.", WhileWorking: false, NewAsync),
        new("clear", "", "Empty the screen and begin a new conversation.", WhileWorking: false, ClearAsync),
        new("compact", "", "Replace earlier turns by a summary, to make room.", WhileWorking: false, CompactAsync),
    ];

    private static async Task NewAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        if (await session.Desk.OpenAsync(new ThreadChoice.New(), cancellation) is { } problem)
            session.PrintLine(problem);
        else
            session.Greet();
    }

    private static Task ClearAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        session.ClearScreen();
        return NewAsync(session, arguments, cancellation);
    }

    private static Task CompactAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        session.Start(session.Desk.Thread.Thread.CompactAsync);
        return Task.CompletedTask;
    }
}
