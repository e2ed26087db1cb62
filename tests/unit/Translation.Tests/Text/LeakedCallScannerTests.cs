using System.Collections.Immutable;
using Codex.Translation.Dialects;
using Codex.Translation.Tests.Generators;
using Codex.Translation.Text;
using Codex.Translation.Translate;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Text;

public class LeakedCallScannerTests
{
    private static readonly ToolMap Tools = new([new ToolBinding("run", ToolKind.Function, "run", null), new ToolBinding("read", ToolKind.Function, "read", null)]);
    private static readonly ImmutableArray<LeakedCallShape> All = [.. Enum.GetValues<LeakedCallShape>()];

    /// <summary>Content, and what it holds: text as it is, calls as <c>«name arguments»</c>, reasoning as <c>‹text›</c>.</summary>
    public static TheoryData<string, string> Contents => new()
    {
        { "plain < text [with] <|signs|> and <tags>", "plain < text [with] <|signs|> and <tags>" },
        { "a<tool_call>{\"name\":\"run\",\"arguments\":{\"c\":1}}</tool_call>b", "a«run {\"c\":1}»b" },
        { "<tool_call>{\"name\":\"run\",\"arguments\":{\"c\":1}}", "«run {\"c\":1}»" },
        { "<tool_call>{'name':'run','parameters':{'c':True}}</tool_call>", "«run {\"c\":true}»" },
        { "<tool_call>{\"function\":{\"name\":\"run\",\"arguments\":\"{}\"}}</tool_call>", "«run {}»" },
        { "<tool_call>\n{\"name\":\"run\",\"arguments\":{}}\n{\"name\":\"read\",\"arguments\":{}}\n</tool_call>", "«run {}»«read {}»" },
        { "<tool_call>{\"name\":\"other\",\"arguments\":{}}</tool_call>", "<tool_call>{\"name\":\"other\",\"arguments\":{}}</tool_call>" },
        { "<tool_call>{\"arguments\":{}}</tool_call>", "<tool_call>{\"arguments\":{}}</tool_call>" },
        { "<tool_call>hello</tool_call>", "<tool_call>hello</tool_call>" },
        { "<tool_call>{\"name\":\"run\",\"arguments\":{\"c\":\"half", "<tool_call>{\"name\":\"run\",\"arguments\":{\"c\":\"half" },
        { "[TOOL_CALLS] [{\"name\":\"run\",\"arguments\":{}},{\"name\":\"read\",\"arguments\":{}}] ok", "«run {}»«read {}» ok" },
        { "[TOOL_CALLS][{\"name\":\"run\",\"arguments\":{}},{\"name\":\"nope\",\"arguments\":{}}]", "[TOOL_CALLS][{\"name\":\"run\",\"arguments\":{}},{\"name\":\"nope\",\"arguments\":{}}]" },
        { "[TOOL_CALLS]run[ARGS]{\"a\":\"]}\"}", "«run {\"a\":\"]}\"}»" },
        { "[TOOL_CALLS]", "[TOOL_CALLS]" },
        { "[TOOL_CALLS][{\"name\":\"run\"", "[TOOL_CALLS][{\"name\":\"run\"" },
        { "<function=run>{\"a\":1}</function>", "«run {\"a\":1}»" },
        { "<function=run></function>", "«run {}»" },
        { "<function=run>\n<parameter=a>\nx\ny\n</parameter>\n<parameter=b>[1]</parameter>\n</function>", "«run {\"a\":\"x\\ny\",\"b\":[1]}»" },
        { "<function=run><parameter=a>{x}</parameter><parameter=b>-05</parameter><parameter=c></parameter></function>", "«run {\"a\":\"{x}\",\"b\":\"-05\",\"c\":\"\"}»" },
        { "<function=run><parameter=a>x</function>", "<function=run><parameter=a>x</function>" },
        { "<function=run>text</function>", "<function=run>text</function>" },
        { "if a <function=b", "if a <function=b" },
        { "<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>hi<|return|>", "‹hm›hi" },
        { "<|start|>assistant<|message|>hi", "hi" },
        { "<|channel|>commentary to=functions.run <|constrain|>json<|message|>{\"a\":1}<|call|>", "«functions.run {\"a\":1}»" },
        { "<|channel|>commentary to=run<|message|>not json<|call|>", "<|channel|>commentary to=run<|message|>not json" },
        { "<|channel|>analysis", "<|channel|>analysis" },
        { "x<|end|>y", "xy" },
        { "<invoke name=\"run\">\n<parameter name=\"a\">x</parameter>\n<parameter name=\"b\">[1]</parameter>\n</invoke>!", "«run {\"a\":\"x\",\"b\":[1]}»!" },
        { "<invoke name=\"run\"><parameter name=\"a\">half", "<invoke name=\"run\"><parameter name=\"a\">half" },
        { "<invoke name=\"other\"></invoke>", "<invoke name=\"other\"></invoke>" },
        { "<tool_call>run\n<arg_key>a</arg_key>\n<arg_value>x</arg_value>\n</tool_call>", "«run {\"a\":\"x\"}»" },
        { "<tool_call>run\n<arg_key>a</arg_key>\n<arg_value>half", "<tool_call>run\n<arg_key>a</arg_key>\n<arg_value>half" },
        { "<|tool_calls_section_begin|><|tool_call_begin|>functions.run:0<|tool_call_argument_begin|>{\"a\":1}<|tool_call_end|><|tool_calls_section_end|>", "«functions.run {\"a\":1}»" },
        { "<|tool_call_begin|>run:0<|tool_call_argument_begin|>{\"a\":<|tool_call_end|>", "<|tool_call_begin|>run:0<|tool_call_argument_begin|>{\"a\":" },
        { "<|python_tag|>{\"name\":\"run\",\"parameters\":{\"a\":1}}", "«run {\"a\":1}»" },
        { "<|python_tag|>print(1)", "<|python_tag|>print(1)" },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Calls_are_found_wherever_the_text_is_cut(string content, string expected) =>
        Prop.ForAll(Pieces.Lengths.ToArbitrary(), lengths => Scan(content, lengths, All, cut: false).ShouldBe(expected)).ShouldHold();

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_shape_the_dialect_does_not_name_is_text(string content, string expected)
    {
        _ = expected;
        Scan(content, [3], [], cut: false).ShouldBe(content);
    }

    [Theory]
    [InlineData("<tool_call>{\"name\":\"run\",\"arguments\":{}}")]
    [InlineData("[TOOL_CALLS]run[ARGS]{\"a\":1")]
    [InlineData("<function=run>{\"a\":1}")]
    [InlineData("<|channel|>commentary to=run<|message|>{\"a\":1}")]
    public void What_a_cut_leaves_open_is_text(string content) => Scan(content, [4], All, cut: true).ShouldBe(content);

    [Fact]
    public void A_marker_without_end_holds_back_only_so_much()
    {
        var content = "<tool_call>" + new string('x', 300 * 1024);
        var scanner = new LeakedCallScanner(All, Tools);
        var pieces = new List<ContentPiece>();
        foreach (var piece in Pieces.Of(content, [64 * 1024]))
            scanner.Push(piece, pieces);
        string.Concat(pieces.Cast<ContentPiece.Text>().Select(p => p.Value)).ShouldBe(content);
    }

    private static string Scan(string content, IReadOnlyList<int> lengths, ImmutableArray<LeakedCallShape> shapes, bool cut)
    {
        var scanner = new LeakedCallScanner(shapes, Tools);
        var pieces = new List<ContentPiece>();
        foreach (var piece in Pieces.Of(content, lengths))
            scanner.Push(piece, pieces);
        scanner.Flush(cut, pieces);
        return string.Concat(pieces.Select(p => p switch
        {
            ContentPiece.Text text => text.Value,
            ContentPiece.Reasoning reasoning => $"‹{reasoning.Value}›",
            ContentPiece.Call call => $"«{call.Name} {call.Arguments}»",
            _ => throw new InvalidDataException(p.ToString()),
        }));
    }
}
