using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Translation.Responses.Reading;

/// <summary>One entry of <c>input</c>. Ids and statuses are left behind; unknown types are kept whole.</summary>
internal static class InputItemReader
{
    public static InputItem Read(JsonField item)
    {
        if (!item.IsObject)
        {
            item.Wrong("an object");
            return new InputItem.Unknown("", item.Value);
        }

        // A message may leave its type out: {"role":"user","content":"…"}.
        var type = item.String("type") ?? (item.Get("role") is null ? "" : "message");
        switch (type)
        {
            case "message":
                return ReadMessage(item);
            case "reasoning":
                return new InputItem.Reasoning(ReadReasoning(item), item.String("encrypted_content"));
            case "function_call":
                return new InputItem.FunctionCall(
                    item.RequiredString("call_id"), item.RequiredString("name"), item.String("namespace"), item.RequiredString("arguments"));
            case "custom_tool_call":
                return new InputItem.CustomToolCall(
                    item.RequiredString("call_id"), item.RequiredString("name"), item.String("namespace"), item.RequiredString("input"));
            case "local_shell_call":
                return new InputItem.LocalShellCall(ReadCallId(item), item.Get("action")?.Value ?? EmptyObject);
            case "tool_search_call":
                return new InputItem.ToolSearchCall(ReadCallId(item), item.Get("arguments")?.Value ?? EmptyObject);
            case "tool_search_output":
                return new InputItem.ToolSearchOutput(ReadCallId(item), item.List("tools", ToolReader.Read));
            case "function_call_output" or "custom_tool_call_output" or "local_shell_call_output":
                return new InputItem.ToolOutput(ReadCallId(item), ReadOutput(item));
            case "web_search_call":
                return new InputItem.WebSearchCall(item.Get("action")?.Value);
            case "agent_message":
                return new InputItem.AgentMessage(item.String("author") ?? "", item.String("recipient") ?? "", ReadContent(item, "content"));
            case "compaction" or "compaction_summary" or "context_compaction":
                return new InputItem.Compaction(item.String("encrypted_content") ?? "");
            case "compaction_trigger":
                return new InputItem.CompactionTrigger();
            case "additional_tools":
                return new InputItem.AdditionalTools(item.List("tools", ToolReader.Read));
            case "item_reference":
                return new InputItem.ItemReference(item.RequiredString("id"));
            case "":
                item.Missing("type");
                return new InputItem.Unknown("", item.Value);
            default:
                return new InputItem.Unknown(type, item.Value);
        }
    }

    private static JsonElement EmptyObject { get; } = JsonDocument.Parse("{}").RootElement;

    private static InputItem.Message ReadMessage(JsonField item)
    {
        var role = item.RequiredString("role");
        MessageRole? known = role switch
        {
            "user" => MessageRole.User,
            "assistant" => MessageRole.Assistant,
            "system" => MessageRole.System,
            "developer" => MessageRole.Developer,
            _ => null,
        };
        if (known is null)
        {
            item.Get("role")?.Fault(
                $"Invalid value for '{item.Path}.role': supported are 'user', 'assistant', 'system' and 'developer'.",
                "invalid_value");
        }

        return new InputItem.Message(known ?? MessageRole.User, ReadContent(item, "content"));
    }

    private static string ReadCallId(JsonField item) =>
        item.String("call_id") ?? item.String("id") ?? item.RequiredString("call_id");

    /// <summary>Outputs are text or parts; some clients send an object or a number, which is passed on as its JSON.</summary>
    private static ImmutableArray<ContentPart> ReadOutput(JsonField item) =>
        item.Get("output") is { IsArray: false, IsString: false } other
            ? [new ContentPart.Text(WireJson.Compact(other.Value))]
            : ReadContent(item, "output");

    private static ImmutableArray<ContentPart> ReadContent(JsonField item, string key)
    {
        if (item.Get(key) is not { } content)
            return [];
        if (content.IsString)
            return [new ContentPart.Text(content.AsString() ?? "")];
        if (content.IsArray)
            return content.Entries(ContentPartReader.Read);
        content.Wrong("a string or an array");
        return [];
    }

    private static string ReadReasoning(JsonField item)
    {
        var parts = item.Get("content") is { IsArray: true } content && content.Value.GetArrayLength() > 0
            ? content.Entries(ContentPartReader.Read)
            : item.List("summary", ContentPartReader.Read);
        return string.Join("\n\n", parts.OfType<ContentPart.Text>().Select(t => t.Value));
    }
}
