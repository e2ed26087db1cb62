using System.Collections.Immutable;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Gateway.Demo;

/// <summary>
/// The model <c>demo</c>: a pure function from a request to a script. It follows a few patterns, knows nothing,
/// says so, and gives the same answer to the same request.
/// </summary>
public static class DemoModel
{
    public const string Name = "demo";

    /// <summary>Tokens, four characters each; a longer conversation is refused as a real backend would.</summary>
    public const int ContextLength = 32_768;

    /// <param name="body">The JSON of a chat/completions request.</param>
    /// <param name="created">Unix seconds, for the answer's <c>created</c>.</param>
    public static ChatScript Answer(ReadOnlyMemory<byte> body, long created)
    {
        var (request, problem) = DemoRequestReader.Read(body);
        if (request is null)
            return ChatScript.Error(400, problem!, "invalid_request_error");
        if (request.Model != Name)
        {
            return ChatScript.Error(404, $"The model '{request.Model}' does not exist here; the demo backend serves '{Name}'.",
                "invalid_request_error", "model_not_found", "model");
        }

        return request.PromptTokens > ContextLength
            ? ChatScript.Error(400,
                $"This model's maximum context length is {ContextLength} tokens. However, your messages resulted in {request.PromptTokens} tokens.",
                "invalid_request_error", "context_length_exceeded", "messages")
            : Script(request, created);
    }

    private static ChatScript Script(DemoRequest request, long created)
    {
        var reply = Cut(Reply(request), request.MaxTokens);
        var identity = new ChatIdentity(Name, $"chatcmpl-demo-{request.Messages.Length}", created);
        return request.Stream
            ? PacedReply.Stream(reply, identity, request.IncludeUsage)
            : ChatScript.Body(200, reply.ToJson(identity));
    }

    /// <summary>The answer itself, without how it travels.</summary>
    public static ScriptedReply Reply(DemoRequest request)
    {
        var conversation = DemoConversation.Of(request.Messages);
        var calls = Calls(request, conversation);
        var content = calls.IsEmpty ? Text(request, conversation) : DemoTexts.BeforeCalls(calls);
        var written = (content?.Length ?? 0) + calls.Sum(call => call.Name.Length + call.Arguments.Length);
        return new ScriptedReply
        {
            Content = content,
            ToolCalls = calls,
            FinishReason = calls.IsEmpty ? "stop" : "tool_calls",
            Usage = new ScriptedUsage(request.PromptTokens, DemoTokens.Of(written)),
        };
    }

    private static ImmutableArray<ScriptedToolCall> Calls(DemoRequest request, DemoConversation conversation)
    {
        // One round of tools answers a prompt: the next request carries the outputs and gets words.
        if (!conversation.Outputs.IsEmpty || request.ToolChoice is DemoToolChoice.None)
            return [];

        var allowed = request.ToolChoice is DemoToolChoice.Required { Name: { } only }
            ? request.Tools.RemoveAll(tool => tool.Name != only)
            : request.Tools;
        var wanted = Wanted(DemoIntentReader.Read(conversation.Prompt, allowed), allowed);
        if (wanted.IsEmpty && request.ToolChoice is DemoToolChoice.Required && !allowed.IsEmpty)
            wanted = [(allowed[0], DemoTools.Arguments(allowed[0]))];

        var made = request.Messages.Sum(message => message.ToolCallIds.Length);
        return [.. wanted.Select((call, index) => new ScriptedToolCall($"call_demo_{made + index + 1}", call.Tool.Name, call.Arguments))];
    }

    private static ImmutableArray<(DemoTool Tool, string Arguments)> Wanted(DemoIntent intent, ImmutableArray<DemoTool> tools) => intent switch
    {
        DemoIntent.Run run => [.. run.Commands.Select(command => DemoTools.Run(tools, command)).OfType<(DemoTool, string)>()],
        DemoIntent.CreateFile file => DemoTools.CreateFile(tools, file) is { } call ? [call] : [],
        DemoIntent.EditFile edit => DemoTools.EditFile(tools, edit) is { } call ? [call] : [],
        DemoIntent.CallTool named => [(named.Tool, named.Arguments ?? DemoTools.Arguments(named.Tool))],
        DemoIntent.Talk or DemoIntent.Summarise => [],
        _ => throw new NotSupportedException($"Unknown intent {intent.GetType().Name}."),
    };

    private static string Text(DemoRequest request, DemoConversation conversation)
    {
        var intent = DemoIntentReader.Read(conversation.Prompt, request.Tools);
        if (intent is DemoIntent.Summarise)
            return DemoTexts.Summary(request);
        if (request.ResponseSchema is { } schema)
            return ChatJson.Text(writer => DemoSchemaSampler.Write(writer, schema));
        if (!conversation.Outputs.IsEmpty)
            return DemoTexts.AfterTools(conversation.Outputs);
        return intent switch
        {
            DemoIntent.Run run => DemoTexts.CannotRun(run),
            DemoIntent.CreateFile file => DemoTexts.CannotCreate(file),
            DemoIntent.EditFile edit => DemoTexts.CannotEdit(edit),
            _ => DemoTexts.Introduction(conversation, DemoTools.Shell(request.Tools)?.Name),
        };
    }

    /// <summary>Honours the token limit: text and arguments stop in the middle, and the reason is <c>length</c>.</summary>
    private static ScriptedReply Cut(ScriptedReply reply, int? maxTokens)
    {
        if (maxTokens is not { } limit || reply.Usage.CompletionTokens <= limit)
            return reply;
        var left = limit * DemoTokens.CharactersPerToken;
        var content = Take(reply.Content, ref left);
        var calls = ImmutableArray.CreateBuilder<ScriptedToolCall>();
        foreach (var call in reply.ToolCalls)
        {
            if (left < call.Name.Length)
                break;
            left -= call.Name.Length;
            calls.Add(call with { Arguments = Take(call.Arguments, ref left)! });
        }

        return reply with
        {
            Content = content,
            ToolCalls = calls.ToImmutable(),
            FinishReason = "length",
            Usage = reply.Usage with { CompletionTokens = limit },
        };
    }

    private static string? Take(string? text, ref int left)
    {
        if (text is null || text.Length <= left)
        {
            left -= text?.Length ?? 0;
            return text;
        }

        var end = left > 0 && char.IsHighSurrogate(text[left - 1]) ? left - 1 : left;
        left = 0;
        return text[..end];
    }
}
