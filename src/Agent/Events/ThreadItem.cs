using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Agent.Events;

/// <summary>One thing that happened in a turn, as Codex's JSON events show it.</summary>
/// <param name="Id"><c>item_N</c>, counted in each process.</param>
public abstract record ThreadItem(string Id)
{
    public sealed record AgentMessage(string Id, string Text) : ThreadItem(Id);

    public sealed record Reasoning(string Id, string Text) : ThreadItem(Id)
    {
        /// <summary>Word for word; shown to people only, and only to those who want it.</summary>
        public string? Raw { get; init; }
    }

    /// <param name="Command">As a shell would be given it.</param>
    /// <param name="ExitCode">Null while it runs.</param>
    public sealed record CommandExecution(string Id, string Command, string Output, int? ExitCode, ItemStatus Status) : ThreadItem(Id)
    {
        /// <summary>Where it runs; shown to people only.</summary>
        public string? Directory { get; init; }

        public TimeSpan? Duration { get; init; }

        /// <summary>The user ran it, not the model.</summary>
        public bool IsUsers { get; init; }
    }

    public sealed record FileChange(string Id, ImmutableArray<ChangedFile> Changes, ItemStatus Status) : ThreadItem(Id)
    {
        /// <summary>The change as a unified diff; shown to people only.</summary>
        public string? Diff { get; init; }
    }

    /// <param name="Result">The server's result object; null until it came.</param>
    /// <param name="Error">Why there is none.</param>
    public sealed record McpToolCall(
        string Id, string Server, string Tool, JsonElement Arguments, JsonElement? Result, string? Error, ItemStatus Status) : ThreadItem(Id);

    public sealed record TodoList(string Id, ImmutableArray<Todo> Items) : ThreadItem(Id);

    /// <summary>A warning or notice.</summary>
    public sealed record Notice(string Id, string Message) : ThreadItem(Id);
}

public enum ItemStatus
{
    InProgress,
    Completed,
    Failed,

    /// <summary>The user said no.</summary>
    Declined,
}

/// <param name="Path">Absolute.</param>
public sealed record ChangedFile(string Path, ChangeKind Kind);

public enum ChangeKind
{
    Add,
    Delete,
    Update,
}

public sealed record Todo(string Text, bool Completed);
