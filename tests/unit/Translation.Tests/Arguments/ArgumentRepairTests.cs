using Codex.Translation.Arguments;
using Codex.Translation.Tests.Generators;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Arguments;

public class ArgumentRepairTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("  ", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("{\"a\":1,}", "{\"a\":1}")]
    [InlineData("{\"a\":[1,2,],}", "{\"a\":[1,2]}")]
    [InlineData("{'a':'b'}", "{\"a\":\"b\"}")]
    [InlineData("{'a':'say \"x\"'}", "{\"a\":\"say \\\"x\\\"\"}")]
    [InlineData("{'a':'it\\'s'}", "{\"a\":\"it's\"}")]
    [InlineData("{a:1,b-c:2}", "{\"a\":1,\"b-c\":2}")]
    [InlineData("{'a': \"\"\"x\n\"y\"\n\"\"\"}", "{\"a\": \"x\\n\\\"y\\\"\\n\"}")]
    [InlineData("{\"a\":True,\"b\":False,\"c\":None}", "{\"a\":true,\"b\":false,\"c\":null}")]
    [InlineData("{\"a\":\"x\ny\tz\"}", "{\"a\":\"x\\ny\\tz\"}")]
    [InlineData("{\"a\":\"\\d+\"}", "{\"a\":\"\\\\d+\"}")]
    [InlineData("{\"a\":\"C:\\users\"}", "{\"a\":\"C:\\\\users\"}")]
    [InlineData("{\"a\":\"b\"", "{\"a\":\"b\"}")]
    [InlineData("{\"a\":{\"b\":[true", "{\"a\":{\"b\":[true]}}")]
    [InlineData("{\"a\":1}}]", "{\"a\":1}")]
    [InlineData("{\"a\":1}\n{\"a\":1}", "{\"a\":1}")]
    [InlineData("```json\n{\"a\":1}\n```", "{\"a\":1}")]
    [InlineData("\"{\\\"a\\\":1}\"", "{\"a\":1}")]
    public void A_slip_with_one_meaning_is_mended(string broken, string mended) => ArgumentRepair.TryRepair(broken).ShouldBe(mended);

    [Theory]
    [InlineData("{\"a\":\"b")]
    [InlineData("{\"a\":\"b\\")]
    [InlineData("{\"a\":12")]
    [InlineData("{\"a\":1,")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\"")]
    [InlineData("{\"a\":tru")]
    [InlineData("{\"a\":[1}")]
    [InlineData("{\"a\":1}{\"a\":2}")]
    [InlineData("{\"a\":1} and more")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{\"a\":one}")]
    [InlineData("{,}")]
    [InlineData("[1]")]
    [InlineData("5")]
    [InlineData("ls -l")]
    [InlineData("\"ls\"")]
    [InlineData("\"\\\"{}\\\"\"x")]
    public void What_could_mean_two_things_is_left_alone(string broken) => ArgumentRepair.TryRepair(broken).ShouldBeNull();

    [Fact]
    public void Sound_arguments_are_never_changed() =>
        Prop.ForAll(JsonTexts.Objects.ToArbitrary(), json => ArgumentRepair.TryRepair(json).ShouldBe(json)).ShouldHold();

    [Fact]
    public void Whatever_is_mended_is_an_object_and_text_cut_inside_a_string_is_not() =>
        Prop.ForAll(JsonTexts.Objects.ToArbitrary(), json =>
        {
            for (var i = 1; i < json.Length; i++)
            {
                var prefix = new JsonObjectPrefix();
                prefix.Scan(json.AsSpan(0, i));
                var mended = ArgumentRepair.TryRepair(json[..i]);
                if (mended is not null)
                    ArgumentRepair.IsObject(mended).ShouldBeTrue(mended);
                if (InsideString(json.AsSpan(0, i)))
                    mended.ShouldBeNull(json[..i]);
            }
        }).ShouldHold();

    [Fact]
    public void Nesting_without_end_is_refused_and_not_followed()
    {
        ArgumentRepair.TryRepair("{'a':" + new string('[', 100_000)).ShouldBeNull();
        ArgumentRepair.TryRepair("{\"a\":" + new string('[', 200) + new string(']', 200) + "}").ShouldBeNull();
    }

    private static bool InsideString(ReadOnlySpan<char> json)
    {
        var inside = false;
        for (var i = 0; i < json.Length; i++)
        {
            if (inside && json[i] == '\\')
                i++;
            else if (json[i] == '"')
                inside = !inside;
        }

        return inside;
    }
}
