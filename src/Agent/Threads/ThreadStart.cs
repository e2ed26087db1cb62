using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Client;
using Codex.Agent.Configuration;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Loop;
using Codex.Agent.Models;
using Codex.Agent.Prompts;
using Codex.Agent.Sessions;
using Codex.Agent.Skills;
using Codex.Agent.Tools;

namespace Codex.Agent.Threads;

/// <summary>Who starts a thread, and how.</summary>
/// <param name="Originator">Such as <c>codex_exec</c>.</param>
/// <param name="Version">Of this program.</param>
/// <param name="Source">Where it is used: <c>exec</c> or <c>cli</c>.</param>
public sealed record ThreadRequest(string Originator, string Version, string Source)
{
    /// <summary>Nothing of it is to stay.</summary>
    public bool IsEphemeral { get; init; }

    /// <summary>What the last message of a turn must fit.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>A thread to go on with; null begins a new one.</summary>
    public StoredThread? Resumed { get; init; }
}

/// <summary>A thread as it was read from disk.</summary>
/// <param name="Items">What the model has to hear again.</param>
public sealed record StoredThread(string ThreadId, ImmutableArray<HistoryItem> Items, TokenUsage Total);

/// <summary>Makes a thread of settings, a model and its tools.</summary>
internal static class ThreadStart
{
    public static (AgentThread Thread, ImmutableArray<string> Warnings) Create(
        AgentSettings settings,
        ModelEndpoint endpoint,
        ModelProfile model,
        ThreadRequest request,
        string threadId,
        ToolBox tools,
        Func<Action<AgentEvent>, int, ToolContext> newContext,
        ISessionRecorder recorder,
        HttpMessageInvoker http,
        TimeProvider time)
    {
        var requests = new RequestBody(model, tools.Specs, threadId, request.OutputSchema, settings.ReasoningSummary);
        var prefix = ContextMessages.Create(settings, model, tools.Specs, time.GetLocalNow());
        var conversation = new AgentConversation(prefix, requests.ToolTokens);
        if (request.Resumed is { } stored)
        {
            conversation.Replace(stored.Items);
            conversation.ContinueFrom(stored.Total);
        }

        var limit = settings.OutputLimit ?? model.OutputLimit;
        var thread = new AgentThread(new ThreadSetup(
            threadId,
            model,
            new ResponsesClient(http, endpoint, time),
            new RequestIdentity(threadId, request.Originator, request.Version),
            conversation,
            requests,
            tools,
            emit => newContext(emit, limit),
            recorder,
            time)
        {
            CompactPrompt = settings.CompactPrompt,
            Finished = settings.Notify.IsEmpty ? null : new TurnProgram(settings.Notify, threadId, settings.WorkingDirectory, request.Originator).TellAsync,
            ApprovalPolicy = PolicyNames.Of(settings.Approval),
            Sandbox = settings.Sandbox,
        });
        return (thread, [.. settings.Warnings, .. ModelWarnings(settings, model, conversation), .. SkillWarnings(settings, model)]);
    }

    private static IEnumerable<string> SkillWarnings(AgentSettings settings, ModelProfile model) =>
        SkillList.Write(settings.Skills, model.Window).Warning is { } warning ? [warning] : [];

    private static IEnumerable<string> ModelWarnings(AgentSettings settings, ModelProfile model, AgentConversation conversation)
    {
        if (model.WindowIsAssumed)
            yield return $"The context window of '{model.Slug}' is not known; {ModelProfile.AssumedWindow} tokens are assumed. Set model_context_window if it is larger.";
        if (settings.Overrides.Verbosity is not null && model.Verbosity is null)
            yield return $"model_verbosity is not sent: '{model.Slug}' is not known to take it. Set support_verbosity for it in model_catalog_json if it does.";
        if (conversation.PrefixTokens > model.Window * 60 / 100)
            yield return $"Instructions and tools take about {conversation.PrefixTokens} of the {model.Window} tokens of '{model.Slug}'; there is little room for work.";
    }
}
