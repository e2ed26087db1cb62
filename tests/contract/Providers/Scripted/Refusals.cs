using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Codex.Contract.Tests.Providers.Scripted;

/// <summary>What backends refuse, each with the backend's own words. The numbers are symptoms.</summary>
internal static partial class Refusals
{
    private static readonly ImmutableArray<string> MessageFields = ["role", "content", "name", "tool_calls", "tool_call_id"];

    /// <summary>Refused everywhere: rules of chat/completions itself (symptoms 12, 15, 25, 26, 27).</summary>
    public static readonly ImmutableArray<Refusal> Everywhere = [FunctionTools, ToolNames, ChoiceWithoutTools, AnsweredCalls, SomeMessage];

    /// <summary>Symptom 34.</summary>
    public static Refusal Roles(string words, params string[] known) => prompt =>
        Any(prompt, m => !known.Contains(ChatPrompt.Role(m))) ? new Complaint(400, words) : null;

    /// <summary>Symptoms 34 and 35.</summary>
    public static Refusal SystemOnlyFirst(Complaint complaint) => prompt =>
        prompt.Messages.Skip(1).Any(m => ChatPrompt.Role(m) is "system" or "developer") ? complaint : null;

    public static Refusal Alternation(string words) => prompt =>
        prompt.Messages.Zip(prompt.Messages.Skip(1)).Any(p => ChatPrompt.Role(p.First) == "user" && ChatPrompt.Role(p.Second) == "user") ? new Complaint(500, words) : null;

    public static Refusal UserAfterTool(Complaint complaint) => prompt =>
        prompt.Messages.Zip(prompt.Messages.Skip(1)).Any(p => ChatPrompt.Role(p.First) == "tool" && ChatPrompt.Role(p.Second) == "user") ? complaint : null;

    /// <summary>Top-level fields beyond those every chat request has.</summary>
    public static Refusal UnknownFields(Func<string, Complaint> complaint, params string[] known) => prompt =>
        prompt.Json.EnumerateObject().Select(f => f.Name)
            .FirstOrDefault(n => n is not ("model" or "messages" or "tools" or "tool_choice" or "stream" or "response_format" or "temperature" or "top_p" or "stop") && !known.Contains(n))
            is { } name ? complaint(name) : null;

    /// <summary>These fields are refused, all others taken or ignored.</summary>
    public static Refusal Fields(Func<string, Complaint> complaint, params string[] refused) => prompt =>
        prompt.Json.EnumerateObject().Select(f => f.Name).FirstOrDefault(refused.Contains) is { } name ? complaint(name) : null;

    /// <summary>Symptom 32.</summary>
    public static Refusal UnknownMessageFields(Func<string, Complaint> complaint, params string[] known) => prompt =>
        prompt.Messages.SelectMany(m => m.EnumerateObject()).Select(f => f.Name)
            .FirstOrDefault(n => !MessageFields.Contains(n) && !known.Contains(n)) is { } name ? complaint(name) : null;

    /// <summary>Symptom 31: each message with calls must bring its reasoning.</summary>
    public static Refusal MissingReasoning(string field, Func<int, Complaint> complaint) => prompt =>
    {
        for (var i = 0; i < prompt.Messages.Length; i++)
        {
            if (!ChatPrompt.Calls(prompt.Messages[i]).IsEmpty && string.IsNullOrEmpty(ChatPrompt.Text(prompt.Messages[i], field)))
                return complaint(i);
        }

        return null;
    };

    /// <summary>Whoever sends details wants them back as they were.</summary>
    public static Refusal ChangedDetails(Complaint complaint) => prompt =>
        prompt.Messages.Any(m => m.TryGetProperty("reasoning_details", out var details) && !JsonElement.DeepEquals(details, Parse(MannerStream.Details))) ? complaint : null;

    /// <summary>Symptom 21.</summary>
    public static Refusal CallIds(string pattern, Complaint complaint) => prompt =>
        prompt.Messages.SelectMany(m => ChatPrompt.Calls(m)).Select(c => ChatPrompt.Text(c, "id") ?? "")
            .Any(id => !Regex.IsMatch(id, pattern, RegexOptions.None, TimeSpan.FromSeconds(1))) ? complaint : null;

    /// <summary>Symptom 23.</summary>
    public static Refusal BrokenArguments(Complaint complaint) => prompt =>
        prompt.Messages.SelectMany(m => ChatPrompt.Calls(m)).Select(ChatPrompt.Arguments).Any(a => !IsJson(a)) ? complaint : null;

    public static Refusal NullContent(Complaint complaint, bool alsoWithCalls = false) => prompt =>
        Any(prompt, m => (!m.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Null) && (alsoWithCalls || ChatPrompt.Calls(m).IsEmpty)) ? complaint : null;

    public static Refusal EmptyContent(Complaint complaint) => prompt =>
        Any(prompt, m => ChatPrompt.Text(m, "content") == "") ? complaint : null;

    public static Refusal Pictures(Complaint complaint) => prompt => prompt.Messages.Any(ChatPrompt.HasPicture) ? complaint : null;

    /// <param name="known">auto, none, required; "named" for the choice of one function.</param>
    public static Refusal Choices(Func<string, Complaint> complaint, params string[] known) => prompt =>
        (prompt.NamesTool ? "named" : prompt.ToolChoice) is var choice && !known.Contains(choice) ? complaint(choice) : null;

    public static Refusal Efforts(Func<string, Complaint> complaint, params string[] known) => prompt =>
        ChatPrompt.Text(prompt.Json, "reasoning_effort") is { } effort && !known.Contains(effort) ? complaint(effort) : null;

    public static Refusal RootKeywords(Complaint complaint, params string[] keywords) => prompt =>
        prompt.Tools.Any(t => keywords.Any(k => t.Parameters.TryGetProperty(k, out _))) ? complaint : null;

    public static Refusal Formats(Func<string, Complaint> complaint, params string[] known) => prompt =>
        prompt.Format is { } format && !known.Contains(format) ? complaint(format) : null;

    public static Refusal FormatWith(Func<ChatPrompt, bool> what, Complaint complaint) => prompt =>
        prompt.Format is not null && what(prompt) ? complaint : null;

    private static Complaint? FunctionTools(ChatPrompt prompt) =>
        prompt.Tools.Any(t => t.Type != "function") ? new Complaint(400, "'type' of tool must be 'function'") : null;

    private static Complaint? ToolNames(ChatPrompt prompt) =>
        prompt.Tools.FirstOrDefault(t => !ToolName().IsMatch(t.Name)) is { } tool
            ? new Complaint(400, $"Invalid 'tools[0].function.name': '{tool.Name}' does not match '^[a-zA-Z0-9_-]{{1,64}}$'.")
            : null;

    private static Complaint? ChoiceWithoutTools(ChatPrompt prompt) =>
        prompt.Tools.IsEmpty && prompt.Json.EnumerateObject().Select(f => f.Name).FirstOrDefault(n => n is "tool_choice" or "parallel_tool_calls") is { } name
            ? new Complaint(400, $"Invalid value for '{name}': '{name}' is only allowed when 'tools' are specified.")
            : null;

    private static Complaint? SomeMessage(ChatPrompt prompt) => prompt.Messages.IsEmpty ? new Complaint(400, "[] is too short - 'messages'") : null;

    private static Complaint? AnsweredCalls(ChatPrompt prompt)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in prompt.Messages)
        {
            if (ChatPrompt.Role(message) == "tool")
            {
                if (!open.Remove(ChatPrompt.Text(message, "tool_call_id") ?? ""))
                    return new Complaint(400, "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'.");
                continue;
            }

            if (open.Count > 0)
                return new Complaint(400, "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.");
            foreach (var call in ChatPrompt.Calls(message))
            {
                if (!open.Add(ChatPrompt.Text(call, "id") ?? ""))
                    return new Complaint(400, "Duplicate value for 'tool_call_id' in message.");
            }
        }

        return open.Count > 0 ? new Complaint(400, "'tool_calls' without tool messages at the end of the conversation.") : null;
    }

    private static bool Any(ChatPrompt prompt, Func<JsonElement, bool> holds) => prompt.Messages.Any(holds);

    private static bool IsJson(string text)
    {
        try
        {
            Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex ToolName();
}
