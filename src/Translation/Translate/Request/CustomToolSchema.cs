using System.Buffers;
using System.Text;
using System.Text.Json;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <summary>A free-text tool as a function: one string argument, with the grammar and the rule in its description.</summary>
internal static class CustomToolSchema
{
    public const string Argument = "input";

    public const string Parameters =
        """{"type":"object","properties":{"input":{"type":"string","description":"The complete text for this tool."}},"required":["input"],"additionalProperties":false}""";

    public static string Describe(Tool.Custom tool)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrWhiteSpace(tool.Description))
            text.Append(tool.Description.TrimEnd()).Append("\n\n");
        // Descriptions written for free-form tools say "do not wrap in JSON", which is true of the text, not of the call.
        text.Append("How to call it: pass the whole text as the string argument `input`. Inside that string write the text itself, ")
            .Append("with nothing around it: no quotes, no code fence, no further JSON.");
        if (tool.Grammar is { } grammar)
        {
            text.Append("\n\nThe text must match this ").Append(grammar.Syntax).Append(" grammar:\n").Append(grammar.Definition.TrimEnd());
        }

        return text.ToString();
    }

    public static string Wrap(string input)
    {
        var buffer = new ArrayBufferWriter<byte>(input.Length + 16);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString(Argument, input);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
