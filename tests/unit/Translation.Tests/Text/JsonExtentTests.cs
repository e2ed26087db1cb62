using Codex.Translation.Tests.Generators;
using Codex.Translation.Text;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Text;

public class JsonExtentTests
{
    [Fact]
    public void An_object_ends_at_its_last_brace_and_not_before() =>
        Prop.ForAll(JsonTexts.Objects.ToArbitrary(), json =>
        {
            JsonExtent.End(json + " and {more}").ShouldBe(json.Length);
            for (var i = 0; i < json.Length; i++)
                JsonExtent.End(json.AsSpan(0, i)).ShouldBe(-1);
        }).ShouldHold();

    [Theory]
    [InlineData("")]
    [InlineData("\"a\"")]
    [InlineData("5")]
    [InlineData("a{}")]
    [InlineData("}")]
    public void Text_that_begins_with_neither_object_nor_list_has_no_end(string text) => JsonExtent.End(text).ShouldBe(-1);
}
