using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <summary>Limits and sampling fields: sent, mapped, or listed as dropped.</summary>
internal static class FieldTranslation
{
    /// <summary>Fields of the client's own bookkeeping, or of transport: nothing is lost by not sending them on.</summary>
    private static readonly ImmutableArray<string> NotForTheModel =
        ["client_metadata", "stream_options", "prompt_cache_retention", "context_management"];

    public static ChatRequest Apply(ChatRequest chat, ResponsesRequest request, Dialect dialect, DroppedFields dropped)
    {
        bool Takes(SamplingFields field, bool isSet, string path)
        {
            var takes = (dialect.Fields & field) != SamplingFields.None;
            if (isSet && !takes)
                dropped.Add(path, "this backend does not take it");
            return takes;
        }

        chat = chat with
        {
            MaxTokens = request.MaxOutputTokens,
            Temperature = Takes(SamplingFields.Temperature, request.Temperature is not null, "temperature") ? request.Temperature : null,
            TopP = Takes(SamplingFields.TopP, request.TopP is not null, "top_p") ? request.TopP : null,
            PresencePenalty = Takes(SamplingFields.Penalties, request.PresencePenalty is not null, "presence_penalty") ? request.PresencePenalty : null,
            FrequencyPenalty = Takes(SamplingFields.Penalties, request.FrequencyPenalty is not null, "frequency_penalty") ? request.FrequencyPenalty : null,
            Stop = Takes(SamplingFields.Stop, !request.Stop.IsEmpty, "stop") ? request.Stop : [],
            Seed = Takes(SamplingFields.Seed, request.Seed is not null, "seed") ? request.Seed : null,
            TopLogprobs = Takes(SamplingFields.TopLogprobs, request.TopLogprobs > 0, "top_logprobs") && request.TopLogprobs > 0 ? request.TopLogprobs : null,
            ServiceTier = Takes(SamplingFields.ServiceTier, request.ServiceTier is not null, "service_tier") ? request.ServiceTier : null,
            // Not reported where it is not sent: keeping a conversation on one replica serves its purpose.
            PromptCacheKey = (dialect.Fields & SamplingFields.PromptCacheKey) != SamplingFields.None ? request.PromptCacheKey : null,
            User = Takes(SamplingFields.User, request.User is not null, "user") ? request.User : null,
            Metadata = Takes(SamplingFields.Metadata, HasEntries(request.Metadata), "metadata") ? request.Metadata : null,
            Extra = Extra(request, dialect, Takes, dropped),
        };
        ReportTheRest(request, dropped);
        return chat;
    }

    private static ImmutableArray<KeyValuePair<string, string>> Extra(
        ResponsesRequest request,
        Dialect dialect,
        Func<SamplingFields, bool, string, bool> takes,
        DroppedFields dropped)
    {
        var extra = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        if (request.Reasoning?.Effort is { } effort)
            AddEffort(extra, effort, dialect, dropped);
        if (takes(SamplingFields.Verbosity, request.Text?.Verbosity is not null, "text.verbosity") && request.Text?.Verbosity is { } verbosity)
            extra.Add(new("verbosity", Quoted(verbosity)));
        if (takes(SamplingFields.SafetyIdentifier, request.SafetyIdentifier is not null, "safety_identifier") && request.SafetyIdentifier is { } id)
            extra.Add(new("safety_identifier", Quoted(id)));
        return extra.ToImmutable();
    }

    private static void AddEffort(
        ImmutableArray<KeyValuePair<string, string>>.Builder extra, string effort, Dialect dialect, DroppedFields dropped)
    {
        const string Path = "reasoning.effort";
        if (dialect.Effort is not { } form)
        {
            dropped.Add(Path, "this backend has no such setting");
            return;
        }

        if (form.Switches.TryGetValue(effort, out var fields))
        {
            extra.AddRange(fields);
            return;
        }

        var word = form.Values.TryGetValue(effort, out var mapped) ? mapped : form.PassOthers ? effort : null;
        if (word is null)
            dropped.Add(Path, $"this backend does not know the effort '{effort}'");
        else if (form.Field.Split('.') is [var outer, var inner])
            extra.Add(new(outer, $$"""{"{{inner}}":{{Quoted(word)}}}"""));
        else
            extra.Add(new(form.Field, Quoted(word)));
    }

    private static void ReportTheRest(ResponsesRequest request, DroppedFields dropped)
    {
        if (request.Store == true)
            dropped.Add("store", "responses are not stored here");
        if (request.MaxToolCalls is not null)
            dropped.Add("max_tool_calls", "chat/completions has no such limit");
        if (request.Truncation is "auto")
            dropped.Add("truncation", "the conversation is sent whole");
        foreach (var (name, _) in request.Unknown)
        {
            if (!NotForTheModel.Contains(name))
                dropped.Add(name, "not a field of the Responses API that can be carried over");
        }
    }

    private static bool HasEntries(JsonElement? metadata) =>
        metadata is { ValueKind: JsonValueKind.Object } sent && sent.EnumerateObject().Any();

    private static string Quoted(string text)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 2);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
            writer.WriteStringValue(text);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
