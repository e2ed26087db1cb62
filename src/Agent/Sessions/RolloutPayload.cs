using System.Text.Json;
using Codex.Agent.Configuration;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Projects;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Sessions;

/// <summary>The payloads of rollout lines, with the names that Codex 0.169 reads.</summary>
internal static class RolloutPayload
{
    public static void Head(Utf8JsonWriter writer, RolloutHead head)
    {
        writer.WriteStartObject();
        writer.WriteString("session_id"u8, head.ThreadId);
        writer.WriteString("id"u8, head.ThreadId);
        if (head.ForkedFrom is { } parent)
            writer.WriteString("forked_from_id"u8, parent);
        writer.WriteString("timestamp"u8, RolloutLine.Timestamp(head.Started));
        writer.WriteString("cwd"u8, head.WorkingDirectory);
        writer.WriteString("originator"u8, head.Originator);
        writer.WriteString("cli_version"u8, head.Version);
        writer.WriteString("source"u8, head.Source);
        writer.WriteString("model_provider"u8, head.Provider);
        if (head.Git is { } git)
            WriteGit(writer, git);
        writer.WriteEndObject();
    }

    private static void WriteGit(Utf8JsonWriter writer, GitFacts git)
    {
        writer.WriteStartObject("git"u8);
        if (git.Commit is { } commit)
            writer.WriteString("commit_hash"u8, commit);
        if (git.Branch is { } branch)
            writer.WriteString("branch"u8, branch);
        if (git.Remote is { } remote)
            writer.WriteString("repository_url"u8, remote);
        writer.WriteEndObject();
    }

    public static void TaskStarted(Utf8JsonWriter writer, TurnFacts turn)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "task_started"u8);
        writer.WriteString("turn_id"u8, turn.TurnId);
        writer.WriteNumber("model_context_window"u8, turn.Window);
        writer.WriteEndObject();
    }

    public static void TurnContext(Utf8JsonWriter writer, TurnFacts turn)
    {
        writer.WriteStartObject();
        writer.WriteString("turn_id"u8, turn.TurnId);
        writer.WriteString("cwd"u8, turn.WorkingDirectory);
        writer.WriteString("approval_policy"u8, turn.ApprovalPolicy);
        writer.WriteStartObject("sandbox_policy"u8);
        writer.WriteString("type"u8, PolicyNames.Of(turn.Sandbox.Mode));
        if (turn.Sandbox.Mode == SandboxMode.WorkspaceWrite)
        {
            writer.WriteStartArray("writable_roots"u8);
            foreach (var root in turn.Sandbox.WritableRoots)
                writer.WriteStringValue(root);
            writer.WriteEndArray();
            writer.WriteBoolean("network_access"u8, turn.Sandbox.AllowsNetwork);
            // The roots above say it all: they hold the temporary directories where those may be written.
            writer.WriteBoolean("exclude_tmpdir_env_var"u8, value: true);
            writer.WriteBoolean("exclude_slash_tmp"u8, value: true);
        }

        writer.WriteEndObject();
        writer.WriteString("model"u8, turn.Model);
        if (turn.Effort is { } effort)
            writer.WriteString("effort"u8, effort);
        writer.WriteString("summary"u8, "auto"u8);
        writer.WriteEndObject();
    }

    /// <summary><c>user_message</c> or <c>agent_message</c>: what lists of sessions show.</summary>
    public static void Said(Utf8JsonWriter writer, string type, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteString("message"u8, text);
        writer.WriteEndObject();
    }

    /// <summary>The same in files of the newer kind, whose lines are numbered.</summary>
    public static void SaidAsItem(Utf8JsonWriter writer, string threadId, string turnId, bool isUser, string text, string itemId, DateTimeOffset when)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "item_completed"u8);
        writer.WriteString("thread_id"u8, threadId);
        writer.WriteString("turn_id"u8, turnId);
        writer.WriteStartObject("item"u8);
        writer.WriteString("type"u8, isUser ? "UserMessage"u8 : "AgentMessage"u8);
        writer.WriteString("id"u8, itemId);
        writer.WriteStartArray("content"u8);
        writer.WriteStartObject();
        // Codex spells the two kinds differently.
        writer.WriteString("type"u8, isUser ? "text"u8 : "Text"u8);
        writer.WriteString("text"u8, text);
        if (isUser)
        {
            writer.WriteStartArray("text_elements"u8);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteNumber("started_at_ms"u8, when.ToUnixTimeMilliseconds());
        writer.WriteNumber("completed_at_ms"u8, when.ToUnixTimeMilliseconds());
        writer.WriteEndObject();
    }

    public static void TokenCount(Utf8JsonWriter writer, TokenUsage total, TokenUsage last, int window)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "token_count"u8);
        writer.WriteStartObject("info"u8);
        Usage(writer, "total_token_usage", total);
        Usage(writer, "last_token_usage", last);
        writer.WriteNumber("model_context_window"u8, window);
        writer.WriteEndObject();
        writer.WriteNull("rate_limits"u8);
        writer.WriteEndObject();
    }

    public static void Compacted(Utf8JsonWriter writer, string summary, IReadOnlyList<HistoryItem> replacement)
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, summary);
        writer.WriteStartArray("replacement_history"u8);
        foreach (var item in replacement)
            RolloutLine.WriteItem(writer, item);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void TaskComplete(Utf8JsonWriter writer, string turnId, string? lastMessage, TimeSpan duration)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "task_complete"u8);
        writer.WriteString("turn_id"u8, turnId);
        writer.WriteString("last_agent_message"u8, lastMessage);
        writer.WriteNumber("duration_ms"u8, (long)duration.TotalMilliseconds);
        writer.WriteEndObject();
    }

    public static void TurnAborted(Utf8JsonWriter writer, string turnId, string reason)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "turn_aborted"u8);
        writer.WriteString("turn_id"u8, turnId);
        writer.WriteString("reason"u8, reason);
        writer.WriteEndObject();
    }

    private static void Usage(Utf8JsonWriter writer, string name, TokenUsage usage)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("input_tokens"u8, usage.Input);
        writer.WriteNumber("cached_input_tokens"u8, usage.CachedInput);
        writer.WriteNumber("output_tokens"u8, usage.Output);
        writer.WriteNumber("reasoning_output_tokens"u8, usage.ReasoningOutput);
        writer.WriteNumber("total_tokens"u8, usage.Total);
        writer.WriteEndObject();
    }
}
