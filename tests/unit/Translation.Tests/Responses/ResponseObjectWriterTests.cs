using System.Buffers;
using System.Text;
using System.Text.Json;
using Codex.Translation.Responses;
using Codex.Translation.Tests.Fixtures;

namespace Codex.Translation.Tests.Responses;

public class ResponseObjectWriterTests
{
    private static readonly ResponsesRequest Plain = new() { Model = "m" };

    public static TheoryData<string, ResponsesRequest, string, string> Echoes => new()
    {
        { "text by default", Plain, "text", """{"format":{"type":"text"}}""" },
        { "any JSON", Plain with { Text = new TextOptions(new TextFormat.AnyJson(), "low") }, "text", """{"format":{"type":"json_object"},"verbosity":"low"}""" },
        {
            "a schema",
            Plain with { Text = new TextOptions(new TextFormat.Schema("s", null, Json("{\"type\": \"object\"}"), Strict: true), null) },
            "text",
            """{"format":{"type":"json_schema","name":"s","description":null,"schema":{"type":"object"},"strict":true}}"""
        },
        { "tool choice by default", Plain, "tool_choice", "\"auto\"" },
        { "a named tool", Plain with { ToolChoiceAsSent = Json("{\"type\":\"function\", \"name\":\"f\"}") }, "tool_choice", """{"type":"function","name":"f"}""" },
        { "no tools", Plain, "tools", "[]" },
        { "tools that are no list", Plain with { ToolsAsSent = Json("null") }, "tools", "[]" },
        {
            "tools of all kinds",
            Plain with { ToolsAsSent = Json("""[{"type":"function","name":"f","strict":true},{"type":"web_search"},{"name":"untyped"},5]""") },
            "tools",
            """[{"type":"function","name":"f","strict":true,"description":null,"parameters":null},{"type":"web_search"},{"name":"untyped"},5]"""
        },
        { "nothing is ever stored", Plain with { Store = true }, "store", "false" },
        { "metadata by default", Plain, "metadata", "{}" },
        { "sampling", Plain with { TopP = 0.5 }, "top_p", "0.5" },
        { "service tier", Plain with { ServiceTier = "flex" }, "service_tier", "\"flex\"" },
        { "the response before", Plain with { PreviousResponseId = "resp_1" }, "previous_response_id", "\"resp_1\"" },
        { "reasoning by default", Plain, "reasoning", """{"effort":null,"summary":null}""" },
    };

    [Theory]
    [MemberData(nameof(Echoes))]
    public void The_request_is_repeated_with_its_defaults(string what, ResponsesRequest request, string key, string expected)
    {
        var response = new ResponseObject(new ResponseTemplate("resp_1", 1, request), ResponseStatus.InProgress, []);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            ResponseObjectWriter.Write(writer, response);
        var written = Json(Encoding.UTF8.GetString(buffer.WrittenSpan));
        ResponseObjectRules.Check("response.created", written);
        written.GetProperty(key).GetRawText().ShouldBe(expected, what);
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
