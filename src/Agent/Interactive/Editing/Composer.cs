using System.Collections.Immutable;
using Codex.Agent.Interactive.Input;

namespace Codex.Agent.Interactive.Editing;

/// <summary>The message that is being written, with what was written before.</summary>
public sealed class Composer(ImmutableArray<string> history)
{
    private HistoryWalk _history = HistoryWalk.Of(history);

    public LineBuffer Buffer { get; private set; } = LineBuffer.Empty;

    public bool IsEmpty => Buffer.IsEmpty;

    /// <summary>Changes the text; false for keys that mean something else here.</summary>
    public bool Apply(Key key)
    {
        switch (key)
        {
            case Key.Typed typed:
                Change(Buffer.Insert(typed.Text));
                return true;
            case Key.Pasted pasted:
                Change(Buffer.Insert(pasted.Text));
                return true;
            case Key.Pressed { Name: KeyName.Up }:
                Move(Buffer.Up(), _history.Older(Buffer.Text));
                return true;
            case Key.Pressed { Name: KeyName.Down }:
                Move(Buffer.Down(), _history.Newer(Buffer.Text));
                return true;
            case Key.Pressed { Name: KeyName.Search }:
                Move(null, _history.Search(Buffer.Text));
                return true;
            case Key.Pressed pressed when Edited(pressed.Name) is { } edited:
                Change(edited);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Gives the text away and begins a new one.</summary>
    public string Take()
    {
        var text = Buffer.Text;
        if (text.Trim().Length > 0)
            _history = _history.Add(text);
        Buffer = Buffer.With("");
        return text;
    }

    public void Replace(string text) => Replace(Buffer.With(text));

    public void Replace(LineBuffer message) => Change(message);

    private LineBuffer? Edited(KeyName name) => name switch
    {
        KeyName.NewLine => Buffer.Insert("\n"),
        KeyName.Backspace => Buffer.Backspace(),
        KeyName.Delete => Buffer.Delete(),
        KeyName.Left => Buffer.Left(),
        KeyName.Right => Buffer.Right(),
        KeyName.Home => Buffer.Home(),
        KeyName.End => Buffer.End(),
        KeyName.WordLeft => Buffer.WordLeft(),
        KeyName.WordRight => Buffer.WordRight(),
        KeyName.KillToEnd => Buffer.KillToEnd(),
        KeyName.KillToStart => Buffer.KillToStart(),
        KeyName.KillWord => Buffer.KillWord(),
        KeyName.KillWordRight => Buffer.KillWordRight(),
        KeyName.Yank => Buffer.Yank(),
        _ => null,
    };

    private void Change(LineBuffer now)
    {
        if (now.Text != Buffer.Text)
            _history = _history.Leave();
        Buffer = now;
    }

    private void Move(LineBuffer? within, (HistoryWalk Walk, string Text)? entry)
    {
        if (within is not null)
            Buffer = within;
        else if (entry is { } found)
            (_history, Buffer) = (found.Walk, Buffer.With(found.Text));
    }
}
