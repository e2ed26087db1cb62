using System.Text;
using System.Text.Json;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>
/// One item of a request, as lines. Instructions of the program itself, and what it tells of its surroundings, are left
/// out: each program has its own words for them.
/// </summary>
internal static class ConversationText
{
    /// <summary>Blocks in which a program describes itself and its surroundings.</summary>
    private static readonly string[] OwnWords = ["<environment_context>", "<permissions", "<skills_instructions>"];

    /// <summary>How a summary of what was said before is introduced.</summary>
    private static readonly string[] Introductions = ["Another language model started to solve this problem", Codex.Agent.Conversation.Compaction.Mark];

    /// <summary>Before what is said of a turn that the user interrupted.</summary>
    private const string Aborted = "<turn_aborted>";

    public static string Of(JsonElement item)
    {
        switch (item.GetProperty("type").GetString())
        {
            case "message" when item.GetProperty("role").GetString() is "developer" or "system":
                return "";
            case "message":
                var parts = Parts(item.GetProperty("content"));
                return parts.Length == 0 ? "" : $"{item.GetProperty("role").GetString()}:\n{parts}";
            case "function_call_output" or "custom_tool_call_output":
                return $"output of {item.GetProperty("call_id").GetString()}:\n{Parts(item.GetProperty("output"))}";
            default:
                return Canonical(item) + "\n";
        }
    }

    private static string Parts(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
            return Indented(content.GetString()!);
        var text = new StringBuilder();
        foreach (var part in content.EnumerateArray())
        {
            if (!part.TryGetProperty("text", out var words))
                text.Append(Indented(part.GetRawText()));
            else if (!OwnWords.Any(own => words.GetString()!.StartsWith(own, StringComparison.Ordinal)))
                text.Append(Indented(WithoutOwnWords(words.GetString()!)));
        }

        return text.ToString();
    }

    private static string WithoutOwnWords(string text)
    {
        if (text.StartsWith(Aborted, StringComparison.Ordinal))
            return Aborted + " {advice}";
        return Introductions.Any(i => text.StartsWith(i, StringComparison.Ordinal))
            ? string.Concat("{introduction}", text.AsSpan(text.IndexOf('\n', StringComparison.Ordinal)))
            : text;
    }

    private static string Indented(string text) => string.Concat(Long.Shortened(text.Split('\n')).Select(line => $"  | {line}\n"));

    /// <summary>An item of the model as it goes back: the order of keys and keys without a value mean nothing to a server.</summary>
    private static string Canonical(JsonElement item) => Json.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var field in item.EnumerateObject().Where(f => f.Value.ValueKind != JsonValueKind.Null).OrderBy(f => f.Name, StringComparer.Ordinal))
            field.WriteTo(writer);
        writer.WriteEndObject();
    });
}
