using Codex.Translation.Dialects;
using Codex.Translation.Tests.Generators;
using Codex.Translation.Text;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Text;

public class ThinkTagSplitterTests
{
    [Theory]
    [InlineData("Hello", "", "Hello")]
    [InlineData("<think>a</think>b", "a", "b")]
    [InlineData(" \n<think>\na\n</think>\n\nb ", "a\n", "b ")]
    [InlineData("<think></think>b", "", "b")]
    [InlineData("<think>a", "a", "")]
    [InlineData("<think>a</thin", "a</thin", "")]
    [InlineData("<think>a < b </think >x</think>c", "a < b </think >x", "c")]
    [InlineData("<thinking>a</thinking>", "", "<thinking>a</thinking>")]
    [InlineData("<thi", "", "<thi")]
    [InlineData("  ", "", "  ")]
    [InlineData("a <think>b</think>", "", "a <think>b</think>")]
    [InlineData("<think>a</think>b<think>c</think>", "a", "b<think>c</think>")]
    public void Reasoning_and_text_are_told_apart_wherever_the_text_is_cut(string content, string reasoning, string text) =>
        Prop.ForAll(Pieces.Lengths.ToArbitrary(), lengths =>
        {
            var splitter = new ThinkTagSplitter(ThinkTags.Think);
            var pieces = new List<ContentPiece>();
            foreach (var piece in Pieces.Of(content, lengths))
                splitter.Push(piece, pieces);
            splitter.Flush(pieces);
            string.Concat(pieces.OfType<ContentPiece.Reasoning>().Select(p => p.Value)).ShouldBe(reasoning);
            string.Concat(pieces.OfType<ContentPiece.Text>().Select(p => p.Value)).ShouldBe(text);
            var firstText = pieces.FindIndex(p => p is ContentPiece.Text);
            pieces.FindLastIndex(p => p is ContentPiece.Reasoning).ShouldBeLessThan(firstText < 0 ? pieces.Count : firstText);
        }).ShouldHold();

    [Fact]
    public void Nothing_but_a_possible_tag_is_held_back()
    {
        var splitter = new ThinkTagSplitter(new ThinkTags("[THINK]", "[/THINK]"));
        var pieces = new List<ContentPiece>();
        splitter.Push("[THINK]One [/TH", pieces);
        pieces.ShouldBe([new ContentPiece.Reasoning("One ")]);
        splitter.Push("INK] two", pieces);
        pieces.ShouldBe([new ContentPiece.Reasoning("One "), new ContentPiece.Text("two")]);
        splitter.IsPassing.ShouldBeTrue();
    }
}
