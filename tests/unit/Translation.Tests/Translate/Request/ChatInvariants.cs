using System.Text.Json;
using Codex.Translation.Dialects;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Translate.Request;

/// <summary>What every chat backend asks of a conversation, whatever the client's history was.</summary>
internal static class ChatInvariants
{
    private const string ToolName = "^[a-zA-Z0-9_-]{1,64}$";

    public static void Check(ChatCall call)
    {
        var bytes = call.ToUtf8();
        call.ToUtf8().ShouldBe(bytes);
        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 512 });
        var messages = document.RootElement.GetProperty("messages").EnumerateArray().ToList();
        messages.ShouldNotBeEmpty();
        CheckRoles(messages, call.Dialect);
        CheckCalls(messages, call.Dialect);
        // An empty prompt is all there is to say for a client that only wants the model loaded.
        if (messages.Count(m => Role(m) is not ("system" or "developer")) > 1)
            messages.ShouldAllBe(m => SaysSomething(m));
        CheckTools(document.RootElement);
    }

    private static void CheckRoles(List<JsonElement> messages, Dialect dialect)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var role = Role(messages[i]);
            role.ShouldBeOneOf("system", "developer", "user", "assistant", "tool");
            if (role is "system" or "developer" && dialect.LateInstructions == LateInstructions.AsUser)
                i.ShouldBe(0, "instructions lead");
            if (i == 0)
                continue;
            if (role == "assistant")
                Role(messages[i - 1]).ShouldNotBe("assistant");
            if (role == "user" && dialect.MergeUserMessages)
                Role(messages[i - 1]).ShouldNotBe("user");
        }
    }

    /// <summary>Right behind a message with calls stands one result for each of them, and results stand nowhere else.</summary>
    private static void CheckCalls(List<JsonElement> messages, Dialect dialect)
    {
        var waiting = new List<string>();
        foreach (var message in messages)
        {
            if (Role(message) == "tool")
            {
                waiting.Remove(message.GetProperty("tool_call_id").GetString()!).ShouldBeTrue("a result without its call before it");
                continue;
            }

            waiting.ShouldBeEmpty("a call without its result behind it");
            if (!message.TryGetProperty("tool_calls", out var calls))
                continue;
            foreach (var one in calls.EnumerateArray())
            {
                waiting.Add(one.GetProperty("id").GetString()!);
                one.GetProperty("function").GetProperty("name").GetString()!.ShouldMatch(ToolName);
                using var arguments = JsonDocument.Parse(one.GetProperty("function").GetProperty("arguments").GetString()!);
                arguments.RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
            }

            waiting.ShouldNotBeEmpty("an empty list of calls");
            waiting.ShouldBeUnique();
            if (dialect.ToolIds == ToolIdForm.NineAlphanumeric)
                waiting.ShouldAllBe(id => id.Length == 9 && id.All(char.IsAsciiLetterOrDigit));
        }

        waiting.ShouldBeEmpty("a call without its result behind it");
    }

    private static bool SaysSomething(JsonElement message) =>
        message.TryGetProperty("tool_calls", out _) || message.GetProperty("content") switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString()!.Length > 0,
            { ValueKind: JsonValueKind.Array } parts => parts.GetArrayLength() > 0,
            _ => false,
        };

    private static void CheckTools(JsonElement root)
    {
        if (!root.TryGetProperty("tools", out var tools))
        {
            root.TryGetProperty("tool_choice", out _).ShouldBeFalse("a choice without tools");
            root.TryGetProperty("parallel_tool_calls", out _).ShouldBeFalse("parallel calls without tools");
            return;
        }

        var names = tools.EnumerateArray().Select(t => t.GetProperty("function").GetProperty("name").GetString()!).ToList();
        names.ShouldNotBeEmpty();
        names.ShouldBeUnique();
        names.ShouldAllBe(n => System.Text.RegularExpressions.Regex.IsMatch(n, ToolName));
    }

    private static string Role(JsonElement message) => message.GetProperty("role").GetString()!;
}
