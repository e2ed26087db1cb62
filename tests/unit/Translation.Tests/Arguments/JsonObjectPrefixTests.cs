using Codex.Translation.Arguments;
using Codex.Translation.Tests.Generators;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Arguments;

public class JsonObjectPrefixTests
{
    [Fact]
    public void A_valid_object_is_sound_to_its_end_and_whole_only_there() =>
        Prop.ForAll(JsonTexts.Objects.ToArbitrary(), json =>
        {
            var prefix = new JsonObjectPrefix();
            var sound = 0;
            for (var i = 0; i < json.Length; i++)
            {
                prefix.IsWhole.ShouldBeFalse($"whole after {json[..i]}");
                prefix.Scan(json.AsSpan(i, 1));
                prefix.IsBroken.ShouldBeFalse($"broken after {json[..(i + 1)]}");
                prefix.SoundLength.ShouldBeInRange(sound, i + 1);
                sound = prefix.SoundLength;
            }

            prefix.IsWhole.ShouldBeTrue(json);
            prefix.SoundLength.ShouldBe(json.Length);
        }).ShouldHold();

    [Fact]
    public void Pieces_of_any_length_give_the_same() =>
        Prop.ForAll(JsonTexts.Objects.ToArbitrary(), Pieces.Lengths.ToArbitrary(), (json, lengths) =>
        {
            var prefix = new JsonObjectPrefix();
            foreach (var piece in Pieces.Of(json, lengths))
                prefix.Scan(piece);
            prefix.IsWhole.ShouldBeTrue(json);
            prefix.SoundLength.ShouldBe(json.Length);
        }).ShouldHold();

    [Theory]
    [InlineData("", "")]
    [InlineData(" \n", "")]
    [InlineData("[1]", "")]
    [InlineData("'a'", "")]
    [InlineData("\"{}\"", "")]
    [InlineData("{'a':1}", "{")]
    [InlineData("{a:1}", "{")]
    [InlineData("{\"a\":1,}", "{\"a\":1")]
    [InlineData("{\"a\":1, }", "{\"a\":1")]
    [InlineData("{\"a\":[1,]}", "{\"a\":[1")]
    [InlineData("{\"a\":[1}", "{\"a\":[1")]
    [InlineData("{\"a\":\"x\n\"}", "{\"a\":\"x")]
    [InlineData("{\"a\":\"\\d\"}", "{\"a\":\"")]
    [InlineData("{\"a\":\"\\u12g4\"}", "{\"a\":\"")]
    [InlineData("{\"a\":True}", "{\"a\":")]
    [InlineData("{\"a\" \"b\"}", "{\"a\" ")]
    [InlineData("{\"a\":1}}", "{\"a\":1}")]
    [InlineData("{}{}", "{}")]
    public void The_first_fault_ends_what_is_sound(string text, string sound)
    {
        var prefix = new JsonObjectPrefix();
        prefix.Scan(text);
        prefix.IsWhole.ShouldBeFalse();
        text[..prefix.SoundLength].ShouldBe(sound);
    }
}
