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
    private const string Everywhere = "all";

    public static readonly ImmutableArray<SlashCommand> All =
    [
        new("new", "", "Begin a new conversation.", WhileWorking: false, NewAsync),
        new("resume", "[NUMBER]", "List earlier conversations, or go on with one.", WhileWorking: false, ResumeAsync),
        new("fork", "", "Go on in a copy of the conversation.", WhileWorking: false, ForkAsync),
        new("clear", "", "Empty the screen and begin a new conversation.", WhileWorking: false, ClearAsync),
        new("compact", "", "Replace earlier turns by a summary, to make room.", WhileWorking: false, CompactAsync),
    ];

    private static Task NewAsync(InteractiveSession session, string arguments, CancellationToken cancellation) =>
        OpenAsync(session, new ThreadChoice.New(), cancellation);

    private static async Task ResumeAsync(InteractiveSession session, string wanted, CancellationToken cancellation)
    {
        if (wanted is "" or Everywhere)
        {
            List(session, ofAllDirectories: wanted == Everywhere);
            return;
        }

        var listed = session.Desk.Listed;
        var id = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= listed.Length
            ? listed[number - 1]
            : wanted;
        await OpenAsync(session, new ThreadChoice.Stored(id, OfAllDirectories: true, IsFork: false), cancellation);
    }

    private static void List(InteractiveSession session, bool ofAllDirectories)
    {
        var desk = session.Desk;
        var choices = new SessionFinder(desk.Settings.CodexHome).Choices(ofAllDirectories ? null : desk.Settings.WorkingDirectory)
            .Where(c => c.Entry.ThreadId != desk.Thread.Id).Take(MostListed).ToImmutableArray();
        desk.Listed = [.. choices.Select(c => c.Entry.ThreadId)];
        if (choices.IsEmpty)
        {
            session.PrintLine(ofAllDirectories ? "There are no earlier conversations." : $"There are no earlier ones of this directory; /resume {Everywhere} lists all.");
            return;
        }

        var width = session.Columns - 1;
        session.Print(string.Concat(choices.Select((c, i) =>
        {
            var time = TimeZoneInfo.ConvertTime(c.Entry.Updated, desk.Time.LocalTimeZone);
            var what = PlainText.Of(c.Entry.Name ?? c.Said).ReplaceLineEndings(" ");
            return CellWidth.Clip(string.Create(CultureInfo.InvariantCulture, $"  {i + 1,2}  {time:yyyy-MM-dd HH:mm}  {what}"), width) + "\n";
        })) + $"Go on with one: /resume NUMBER{(ofAllDirectories ? "" : $"; /resume {Everywhere} lists other directories too")}.\n");
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
