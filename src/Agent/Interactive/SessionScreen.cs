using Codex.Agent.Configuration;
using Codex.Agent.Interactive.Completing;
using Codex.Agent.Interactive.Questions;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Interactive.Terminal;

namespace Codex.Agent.Interactive;

/// <summary>What a session shows: what was said stays, and below it the lines that are drawn again with every change.</summary>
internal sealed class SessionScreen(InteractiveSession session, RawTerminal terminal, Style style, ConversationText conversation)
{
    private const string Hint = "working · Ctrl-C interrupts, Enter adds to the turn, Tab queues";

    private readonly LiveScreen _live = new(terminal.IsLive);

    public Style Style => style;

    public int Columns => terminal.Size.Columns;

    public ConversationText Conversation => conversation;

    /// <param name="text">Whole lines; nothing draws the live lines anew.</param>
    public void Print(string text) => terminal.Write(_live.Update(text, Live()));

    public void WriteControl(string sequence) => terminal.Write(sequence);

    /// <summary>Where lines are read, says that one is awaited.</summary>
    public void Prompt()
    {
        if (!terminal.IsLive && !session.Work.IsRunning && session.ExitCode is null)
            terminal.Write("> ");
    }

    /// <summary>Where nothing is drawn again, a question is printed once.</summary>
    public void Ask(Question question) =>
        Print(terminal.IsLive ? "" : string.Concat(question.Lines.Select(l => $"{l}\n")) + string.Join("   ", question.Choices) + "\n");

    public void Hear(string line)
    {
        if (!terminal.IsLive)
            Print(line + "\n");
    }

    public void Empty(bool forgetsAll)
    {
        if (!terminal.IsLive)
            return;
        _live.Forget();
        terminal.Write(forgetsAll ? "\e[H\e[2J\e[3J" : "\e[H\e[2J");
    }

    public void Resized() => _live.Resized(terminal.Size.Columns);

    /// <summary>The terminal is somebody else's for a while.</summary>
    public void Leave()
    {
        terminal.Write(_live.Clear());
        terminal.Leave();
    }

    /// <summary>It is ours again, with whatever was written to it meanwhile.</summary>
    public void Return()
    {
        terminal.Enter();
        _live.Forget();
    }

    public void Close() => terminal.Write(_live.Clear());

    private Drawing Live()
    {
        var (columns, rows) = terminal.Size;
        if (session.Questions.Current is { } question)
            return LiveArea.Of(question, session.Questions.IsShown, style, columns, rows);
        if (!session.Desk.IsOpen)
            return new Drawing([""], 0, 0);
        var message = session.Composer.Buffer;
        var suggested = Completions.At(message.Text, message.Cursor, session.Words());
        return LiveArea.Of(
            conversation.Live, session.Work.IsRunning ? Hint : null, session.Work.Queued, message, suggested, Status(columns), style, columns, rows);
    }

    private string Status(int columns)
    {
        var settings = session.Desk.Settings;
        return session.WantsToQuit
            ? KeyActions.QuitHint
            : StatusLine.Of(session.Desk.Host.Model.Slug, PolicyNames.Of(settings.Sandbox.Mode), PolicyNames.Of(settings.Approval), session.Context, columns - 1);
    }
}
