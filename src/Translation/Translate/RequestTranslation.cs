using System.Collections.Immutable;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Translate.Request;

namespace Codex.Translation.Translate;

/// <summary>Makes a chat/completions request of a Responses request. Pure: the same request always gives the same bytes.</summary>
public static class RequestTranslation
{
    private static readonly ImmutableArray<string> Stateful = ["conversation", "prompt"];

    /// <param name="upstreamModel">The backend's own name of the model.</param>
    public static RequestTranslated ToChat(ResponsesRequest request, Dialect dialect, string upstreamModel)
    {
        if (RefuseState(request) is { } fault)
            return new RequestTranslated.Refused(fault);

        var dropped = new DroppedFields();
        var kind = request.Input.Any(i => i is InputItem.CompactionTrigger) ? AnswerKind.Compaction : AnswerKind.Response;
        var tools = ToolTranslation.Translate(request, dialect, dropped);
        var choice = ToolChoiceTranslation.Translate(request, dialect, tools, dropped);
        if (choice.Fault is not null)
            return new RequestTranslated.Refused(choice.Fault);

        var offered = kind == AnswerKind.Compaction ? [] : choice.Tools;
        if (request.ParallelToolCalls == false && !offered.IsEmpty && !dialect.SendsParallelToolCalls)
            dropped.Add("parallel_tool_calls", "this backend cannot be held to one call at a time");
        var chat = new ChatRequest
        {
            Model = upstreamModel,
            Messages = ConversationTranslation.Translate(request, dialect, tools.Map, dropped),
            Tools = offered,
            ToolChoice = offered.IsEmpty ? null : choice.Choice,
            ParallelToolCalls = offered.IsEmpty || !dialect.SendsParallelToolCalls ? null : request.ParallelToolCalls,
            IncludeUsage = dialect.StreamUsage,
        };
        chat = FormatTranslation.Apply(chat, request, dialect, dropped);
        chat = FieldTranslation.Apply(chat, request, dialect, dropped);
        if (dialect.RewriteRequest is { } rewrite)
            chat = rewrite(chat);
        return new RequestTranslated.Ready(new ChatCall(
            chat, dialect, tools.Map, dropped.ToImmutable(), kind, PromptEstimate.Tokens(chat)));
    }

    /// <summary>What lives on the vendor's servers cannot be looked up here.</summary>
    private static RequestFault? RefuseState(ResponsesRequest request)
    {
        if (request.PreviousResponseId is not null)
            return Unsupported("previous_response_id", "responses are not stored here. Send the whole conversation in 'input'.");
        if (request.Background == true)
            return Unsupported("background", "answers are not computed in the background here. Leave it out and stream the answer.");
        foreach (var (name, _) in request.Unknown)
        {
            if (Stateful.Contains(name))
                return Unsupported(name, "it refers to something stored on OpenAI's servers. Send its content in 'input' and 'instructions'.");
        }

        for (var i = 0; i < request.Input.Length; i++)
        {
            if (request.Input[i] is InputItem.ItemReference)
                return Unsupported($"input[{i}]", "items are not stored here. Send the item itself instead of a reference.");
        }

        return null;
    }

    private static RequestFault Unsupported(string param, string why) =>
        new($"'{param}' is not supported: {why}", param, "unsupported_parameter");
}
