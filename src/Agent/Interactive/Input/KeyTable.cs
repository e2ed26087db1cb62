using System.Collections.Frozen;

namespace Codex.Agent.Interactive.Input;

/// <summary>What terminals send for which key.</summary>
internal static class KeyTable
{
    /// <summary>Behind <c>ESC [</c> or <c>ESC O</c>. Modifiers: 2 Shift, 3 Alt, 5 Ctrl.</summary>
    private static readonly FrozenDictionary<string, KeyName> Sequences = new Dictionary<string, KeyName>(StringComparer.Ordinal)
    {
        ["A"] = KeyName.Up,
        ["B"] = KeyName.Down,
        ["C"] = KeyName.Right,
        ["D"] = KeyName.Left,
        ["H"] = KeyName.Home,
        ["F"] = KeyName.End,
        ["1~"] = KeyName.Home,
        ["7~"] = KeyName.Home,
        ["4~"] = KeyName.End,
        ["8~"] = KeyName.End,
        ["3~"] = KeyName.Delete,
        ["1;3C"] = KeyName.WordRight,
        ["1;5C"] = KeyName.WordRight,
        ["1;3D"] = KeyName.WordLeft,
        ["1;5D"] = KeyName.WordLeft,
        ["M"] = KeyName.Enter,
        ["13;2u"] = KeyName.NewLine,
        ["13;3u"] = KeyName.NewLine,
        ["27;2;13~"] = KeyName.NewLine,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static KeyName? Sequence(string sequence) => Sequences.TryGetValue(sequence, out var name) ? name : null;

    public static KeyName? Control(char c) => c switch
    {
        '\x01' => KeyName.Home,
        '\x02' => KeyName.Left,
        '\x03' => KeyName.Interrupt,
        '\x04' => KeyName.EndOfInput,
        '\x05' => KeyName.End,
        '\x06' => KeyName.Right,
        '\b' or '\x7f' => KeyName.Backspace,
        '\t' => KeyName.Tab,
        '\n' => KeyName.NewLine,
        '\x0b' => KeyName.KillToEnd,
        '\x0c' => KeyName.Redraw,
        '\r' => KeyName.Enter,
        '\x0e' => KeyName.Down,
        '\x10' => KeyName.Up,
        '\x12' => KeyName.Search,
        '\x15' => KeyName.KillToStart,
        '\x17' => KeyName.KillWord,
        '\x19' => KeyName.Yank,
        '\x1a' => KeyName.Suspend,
        _ => null,
    };

    /// <summary>With Alt, which terminals send as Escape before the key.</summary>
    public static KeyName? Meta(char c) => c switch
    {
        'b' or 'B' => KeyName.WordLeft,
        'f' or 'F' => KeyName.WordRight,
        'd' or 'D' => KeyName.KillWordRight,
        '\r' or '\n' => KeyName.NewLine,
        '\x7f' or '\b' => KeyName.KillWord,
        _ => null,
    };
}
