using System.Collections.Immutable;
using System.Text;
using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Interactive.Input;

/// <summary>
/// Keys out of the bytes a terminal sends (xterm's sequences, also as tmux, screen and the Linux console write them; bracketed
/// paste). Bytes may come cut anywhere.
/// </summary>
public sealed class KeyDecoder
{
    private const char Escape = '\e';
    private const string PasteEnd = "\e[201~";

    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _pending = new();
    private bool _isPasting;

    /// <summary>Something came that is the beginning of more, or the Escape key: after a moment of silence <see cref="Flush"/> it.</summary>
    public bool HasPending => _pending.Length > 0 && !_isPasting;

    public ImmutableArray<Key> Feed(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[_utf8.GetCharCount(bytes, flush: false)];
        _utf8.GetChars(bytes, characters, flush: false);
        _pending.Append(characters);
        return Take(isFinal: false);
    }

    public ImmutableArray<Key> Flush() => Take(isFinal: true);

    private ImmutableArray<Key> Take(bool isFinal)
    {
        var keys = ImmutableArray.CreateBuilder<Key>();
        var text = _pending.ToString();
        var at = 0;
        while (at < text.Length)
        {
            var (key, length) = _isPasting ? Paste(text, at) : Next(text, at, isFinal);
            if (length == 0)
                break;
            at += length;
            if (key is not null)
                keys.Add(key);
        }

        _pending.Clear().Append(text, at, text.Length - at);
        return keys.ToImmutable();
    }

    private (Key? Key, int Length) Paste(string text, int at)
    {
        var end = text.IndexOf(PasteEnd, at, StringComparison.Ordinal);
        if (end < 0)
            return (null, 0);
        _isPasting = false;
        var pasted = PlainText.WithTabs(text[at..end].Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));
        return (pasted.Length > 0 ? new Key.Pasted(pasted) : null, end + PasteEnd.Length - at);
    }

    /// <returns>Length 0: more has to come first.</returns>
    private (Key? Key, int Length) Next(string text, int at, bool isFinal)
    {
        if (text[at] == Escape)
            return Sequence(text, at, isFinal);
        if (KeyTable.Control(text[at]) is { } name)
            return (new Key.Pressed(name), 1);
        if (char.IsControl(text[at]))
            return (null, 1);
        var end = at;
        while (end < text.Length && !char.IsControl(text[end]))
            end++;
        return (new Key.Typed(text[at..end]), end - at);
    }

    private (Key? Key, int Length) Sequence(string text, int at, bool isFinal)
    {
        if (at + 1 >= text.Length)
            return isFinal ? (new Key.Pressed(KeyName.Escape), 1) : (null, 0);
        if (text[at + 1] is not ('[' or 'O'))
        {
            return text[at + 1] == Escape
                ? (new Key.Pressed(KeyName.Escape), 1)
                : (KeyTable.Meta(text[at + 1]) is { } meta ? new Key.Pressed(meta) : null, 2);
        }

        var end = at + 2;
        while (end < text.Length && text[end] is (>= '0' and <= '9') or ';' or '[')
            end++;
        if (end >= text.Length)
            return isFinal ? (new Key.Pressed(KeyName.Escape), text.Length - at) : (null, 0);
        var sequence = text[(at + 2)..(end + 1)];
        if (sequence == "200~")
            _isPasting = true;
        return (KeyTable.Sequence(sequence) is { } name ? new Key.Pressed(name) : null, end + 1 - at);
    }
}
