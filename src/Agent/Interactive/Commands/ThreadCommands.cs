using System.Collections.Immutable;
using System.Globalization;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Sessions;
using Codex.Agent.Threads;

namespace Codex.Agent.Interactive.Commands;

/// <summary>Commands about the conversation.</summary>
internal static class ThreadCommands
{
    private const int MostListed = 10;

    public static readonly ImmutableArray<SlashCommand> All =
    [
        new("new", "", "Begin a new conversation.", WhileWorking: false, NewAsync),
        new("resume", "[ID]", "List earlier conversations, or go on with one.", WhileWorking: false, ResumeAsync),
        new("fork", "", "Go on in a copy of the conversation.", WhileWorking: false, ForkAsync),
        new("clear", "", "Empty the screen and begin a new conversation.", WhileWorking: false, ClearAsync),
        new("compact", "", "Replace earlier turns by a summary, to make room.", WhileWorking: false, CompactAsync),
    ];

    private static Task NewAsync(InteractiveSession session, string arguments, CancellationToken cancellation) =>
        OpenAsync(session, new ThreadChoice.New(), cancellation);

    private static async Task ResumeAsync(InteractiveSession session, string wanted, CancellationToken cancellation)
    {
        var recent = new SessionFinder(session.Desk.Settings.CodexHome).All().Take(MostListed).ToList();
        if (wanted.Length == 0)
        {
            session.Print(recent.Count == 0
                ? "There are no earlier conversations.\n"
                : string.Concat(recent.Select((r, i) => string.Create(CultureInfo.InvariantCulture, $"  {i + 1,2}  {r.Updated:yyyy-MM-dd HH:mm}Z  {r.ThreadId}  {PlainText.Of(r.Name ?? "")}\n")))
                    + "Go on with one: /resume NUMBER or ID.\n");
            return;
        }

        var id = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= recent.Count
            ? recent[number - 1].ThreadId
            : wanted;
        await OpenAsync(session, new ThreadChoice.Stored(id, OfAllDirectories: true, IsFork: false), cancellation);
    }

    private static async Task ForkAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        if (session.Desk.Thread.Thread.Setup.Conversation.Items.Count == 0)
            session.PrintLine("Nothing was said yet that could be copied.");
        else
            await OpenAsync(session, new ThreadChoice.Stored(session.Desk.Thread.Id, OfAllDirectories: true, IsFork: true), cancellation);
    }

    private static async Task OpenAsync(InteractiveSession session, ThreadChoice choice, CancellationToken cancellation)
    {
        if (await session.Desk.OpenAsync(choice, cancellation) is { } problem)
            session.PrintLine(problem);
        else
            session.Greet();
    }

    private static Task ClearAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        session.ClearScreen(forgetsAll: true);
        return NewAsync(session, arguments, cancellation);
    }

    private static Task CompactAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        session.Start(session.Desk.Thread.Thread.CompactAsync);
        return Task.CompletedTask;
    }
}
