using System.Collections.Immutable;
using System.Globalization;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.Providers.Scripted;

/// <summary>Says a reply in a backend's manner.</summary>
internal static class MannerStream
{
    /// <summary>What the model thinks before each answer.</summary>
    public const string Thought = "The user wants something; it is done as asked.";

    /// <summary>Details as they come, and as they must be given back.</summary>
    public static readonly string Details = $$"""[{"type":"reasoning.text","text":{{ChatJson.Quote(Thought)}},"format":"unknown","index":0}]""";

    public static ChatScript Say(Manner manner, ModelReply reply, ChatPrompt prompt)
    {
        var identity = new ChatIdentity(prompt.Model);
        var usage = new ScriptedUsage(prompt.Tokens, Math.Max(1, reply.Content.Split(' ').Length));
        var calls = reply.Calls.Select((c, i) => new ScriptedToolCall(manner.CallId(i, c.Name), c.Name, c.Arguments)).ToImmutableArray();
        var finish = reply.IsCut ? "length" : calls.IsEmpty ? "stop" : "tool_calls";
        if (!prompt.Streams)
            return ChatScript.Body(200, new ScriptedReply { Content = reply.Content, ToolCalls = calls, FinishReason = finish, Usage = usage }.ToJson(identity));

        var stream = new ChatStreamBuilder(identity);
        if (manner.Comment is { } comment)
            stream.Comment(comment);
        if (manner.Usage == UsageForm.EachChunk)
            stream.UsageInEach(usage);
        stream.Role();
        stream.Reasoning("reasoning_content", manner.LoadingNotice.AsSpan());
        Think(stream, manner.Reasoning);
        stream.Content(Pieces(manner.Reasoning is ReasoningForm.Tags ? $"<think>{Thought}</think>\n\n{reply.Content}" : reply.Content));
        Call(stream, manner.Calls, calls);
        stream.Finish(finish, manner.Usage == UsageForm.LastChunk ? usage : null);
        if (manner.Usage == UsageForm.OwnChunkWhenAsked && prompt.WantsUsage)
            stream.Usage(usage);
        return stream.Done().ToScript();
    }

    private static void Think(ChatStreamBuilder stream, ReasoningForm form)
    {
        switch (form)
        {
            case ReasoningForm.Field field:
                stream.Reasoning(field.Name, Pieces(Thought));
                break;
            case ReasoningForm.Details { PlainField: null }:
                stream.Delta($$"""{"reasoning_details":{{Details}}}""");
                break;
            case ReasoningForm.Details details:
                stream.Delta($$"""{"{{details.PlainField}}":{{ChatJson.Quote(Thought)}},"reasoning_details":{{Details}}}""");
                break;
            case ReasoningForm.Parts:
                foreach (var piece in Pieces(Thought))
                    stream.Delta($$"""{"content":[{"type":"thinking","thinking":[{"type":"text","text":{{ChatJson.Quote(piece)}}}]}]}""");
                break;
            case ReasoningForm.Silent or ReasoningForm.Tags:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(form), form, message: null);
        }
    }

    private static void Call(ChatStreamBuilder stream, CallForm form, ImmutableArray<ScriptedToolCall> calls)
    {
        if (calls.IsEmpty)
            return;
        if (form == CallForm.WholeWithoutIndex)
        {
            stream.ToolCalls([.. calls.Select(c => new ToolCallFragment(Index: null, c.Id, c.Name, c.Arguments))]);
            return;
        }

        for (var i = 0; i < calls.Length; i++)
        {
            var call = calls[i];
            if (form is CallForm.Whole or CallForm.WholeSharedIndex)
            {
                stream.ToolCalls(new ToolCallFragment(form == CallForm.Whole ? i : 0, call.Id, call.Name, call.Arguments));
                continue;
            }

            var repeats = form == CallForm.FragmentsRepeating;
            stream.ToolCalls(new ToolCallFragment(i, call.Id, call.Name, ""));
            foreach (var piece in Pieces(call.Arguments))
                stream.ToolCalls(new ToolCallFragment(i, repeats ? "" : null, repeats ? call.Name : null, piece));
        }
    }

    /// <summary>Pieces of a few characters, so that tags, words and JSON are cut anywhere but inside a character.</summary>
    private static string[] Pieces(string text)
    {
        var elements = StringInfo.ParseCombiningCharacters(text);
        return [.. Enumerable.Range(0, (elements.Length + 4) / 5).Select(i => text[elements[i * 5]..(i * 5 + 5 < elements.Length ? elements[i * 5 + 5] : text.Length)])];
    }
}
