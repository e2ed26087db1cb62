namespace Codex.Agent.Interactive.Input;

/// <summary>One thing that came from the keyboard.</summary>
public abstract record Key
{
    private Key()
    {
    }

    public sealed record Typed(string Text) : Key;

    /// <summary>Text the terminal says was pasted; lines end with <c>\n</c>.</summary>
    public sealed record Pasted(string Text) : Key;

    public sealed record Pressed(KeyName Name) : Key;
}

/// <summary>What a key means in the line that is being written.</summary>
public enum KeyName
{
    Enter,
    NewLine,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    WordLeft,
    WordRight,
    KillToEnd,
    KillToStart,
    KillWord,
    KillWordRight,
    Yank,
    Search,
    Interrupt,
    EndOfInput,
    Suspend,
    Redraw,
    Escape,
}
