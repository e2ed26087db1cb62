using System.Text.Json;
using Codex.Agent.Repair;

namespace Codex.Agent.Tests.Repair;

public sealed class RepairTests
{
    private static readonly string[] Offered = ["shell", "read_file", "edit_file", "write_file", "list_dir", "grep_files", "apply_patch", "update_plan", "mcp__files__stat"];

    [Theory]
    [InlineData("shell", null, "shell")]
    [InlineData("Shell", null, "shell")]
    [InlineData("bash", null, "shell")]
    [InlineData("functions.shell", null, "shell")]
    [InlineData("shell<|channel|>json", null, "shell")]
    [InlineData("Read", null, "read_file")]
    [InlineData("readFile", null, "read_file")]
    [InlineData("str_replace_editor", null, "edit_file")]
    [InlineData("container.exec", null, "shell")]
    [InlineData("TodoWrite", null, "update_plan")]
    [InlineData("stat", "mcp__files", "mcp__files__stat")]
    [InlineData("stat", null, "mcp__files__stat")]
    [InlineData("delete_everything", null, null)]
    [InlineData("", null, null)]
    public void A_name_means_an_offered_tool_or_none(string name, string? ns, string? expected) =>
        ToolNames.Find(name, ns, Offered).ShouldBe(expected);

    [Theory]
    [InlineData("""{"path":"a","old":"x","new":"y"}""", """{"path":"a","old":"x","new":"y"}""")]
    [InlineData("""{"file_path":"a","old_string":"x","new_string":"y","replaceAll":"true"}""", """{"path":"a","old":"x","new":"y","replace_all":true}""")]
    [InlineData("""{'path':'a','old':'x','new':'y',}""", """{"path":"a","old":"x","new":"y"}""")]
    [InlineData("```json\n{\"path\":\"a\",\"old\":\"x\",\"new\":\"y\"}\n```", """{"path":"a","old":"x","new":"y"}""")]
    [InlineData("""{"path":"a","old":"x","new":"y","limit":"7","tags":"one"}""", """{"path":"a","old":"x","new":"y","limit":7,"tags":["one"]}""")]
    [InlineData("""{"path":["a"],"old":"x","new":5}""", """{"path":"a","old":"x","new":"5"}""")]
    public void Arguments_are_made_to_fit_the_schema(string text, string expected)
    {
        var fit = CallArguments.Read(text, Schema()).ShouldBeOfType<CallArguments.Fit>();

        fit.Value.GetRawText().ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"path":"a","old":"x","new":"half of the""", "cut at the output limit")]
    [InlineData("""{"path":"a"}""", "missing fields `old`, `new`")]
    [InlineData("[1]", "expected an object")]
    [InlineData("do it", "no JSON")]
    public void What_does_not_fit_is_told_and_not_guessed(string text, string words) =>
        CallArguments.Read(text, Schema()).ShouldBeOfType<CallArguments.Broken>().Message.ShouldContain(words);

    [Theory]
    [InlineData("Let me read the file first.", true)]
    [InlineData("I found it. Now I'll fix the test:", true)]
    [InlineData("", true)]
    [InlineData("Let me change the port in config.ini.", true)]
    [InlineData("Done. The greeting is in hello.txt.", false)]
    [InlineData("Shall I let me know what you prefer?", false)]
    [InlineData("Let me know if you need more.", false)]
    public void An_announcement_without_a_call_is_unfinished(string answer, bool expected) => UnfinishedAnswer.Is(answer).ShouldBe(expected);

    private static JsonElement Schema()
    {
        using var schema = JsonDocument.Parse("""
            {"type":"object","required":["path","old","new"],"properties":{"path":{"type":"string"},"old":{"type":"string"},"new":{"type":"string"},
            "replace_all":{"type":"boolean"},"limit":{"type":"integer"},"tags":{"type":"array"}}}
            """);
        return schema.RootElement.Clone();
    }
}
