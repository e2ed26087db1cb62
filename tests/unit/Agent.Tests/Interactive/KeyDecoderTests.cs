using System.Text;
using Codex.Agent.Interactive.Input;

namespace Codex.Agent.Tests.Interactive;

public sealed class KeyDecoderTests
{
    [Theory]
    [InlineData("abc", "'abc'")]
    [InlineData("é漢\U0001F600", "'é漢\U0001F600'")]
    [InlineData("a\rb\n", "'a' Enter 'b' NewLine")]
    [InlineData("\x01\x05\x0b\x15\x17\x19", "Home End KillToEnd KillToStart KillWord Yank")]
    [InlineData("\x03\x04\x1a\x12\t\x7f", "Interrupt EndOfInput Suspend Search Tab Backspace")]
    [InlineData("\e[A\e[B\e[C\e[D\e[H\e[F\e[3~", "Up Down Right Left Home End Delete")]
    [InlineData("\eOA\eOH\e[1~\e[4~", "Up Home Home End")]
    [InlineData("\e[1;5C\e[1;3D\eb\ef\ed", "WordRight WordLeft WordLeft WordRight KillWordRight")]
    [InlineData("\e\r\e[13;2u", "NewLine NewLine")]
    [InlineData("\e[200~one\r\ntwo\rthree\e[201~x", "<one|two|three> 'x'")]
    [InlineData("\e[200~a\e[A\x03\tb\e[201~", "<a\tb>")]
    [InlineData("\e[99;9Zx\e[Ix", "'x' 'x'")]
    [InlineData("\x1c", "")]
    [InlineData("\e", "Escape")]
    [InlineData("\e\e[A", "Escape Up")]
    public void Bytes_mean_the_same_keys_however_they_are_cut(string sent, string keys)
    {
        var bytes = Encoding.UTF8.GetBytes(sent);
        Decode([bytes]).ShouldBe(keys);
        Joined(Decode([.. bytes.Select(b => new[] { b })])).ShouldBe(Joined(keys));
    }

    [Fact]
    public void Only_a_beginning_waits_for_more()
    {
        var decoder = new KeyDecoder();
        decoder.Feed("a"u8).ShouldHaveSingleItem();
        decoder.HasPending.ShouldBeFalse();
        decoder.Feed("\e["u8).ShouldBeEmpty();
        decoder.HasPending.ShouldBeTrue();
        decoder.Feed("A"u8).ShouldBe([new Key.Pressed(KeyName.Up)]);
        decoder.HasPending.ShouldBeFalse();
        // A paste may take as long as it likes.
        decoder.Feed("\e[200~half"u8).ShouldBeEmpty();
        decoder.HasPending.ShouldBeFalse();
    }

    private static string Decode(IEnumerable<byte[]> parts)
    {
        var decoder = new KeyDecoder();
        var keys = parts.SelectMany(p => decoder.Feed(p)).ToList();
        keys.AddRange(decoder.Flush());
        return string.Join(' ', keys.Select(k => k switch
        {
            Key.Typed typed => $"'{typed.Text}'",
            Key.Pasted pasted => $"<{pasted.Text.Replace('\n', '|')}>",
            Key.Pressed pressed => pressed.Name.ToString(),
            _ => "",
        }));
    }

    /// <summary>Typed text may come in several pieces.</summary>
    private static string Joined(string keys) => keys.Replace("' '", "", StringComparison.Ordinal);
}
