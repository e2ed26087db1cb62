using System.Text.Json;

namespace Codex.Gateway.Providers;

/// <summary>How a backend replied to one question.</summary>
public abstract record BackendReply
{
    private BackendReply()
    {
    }

    public sealed record Answered(JsonElement Json) : BackendReply;

    /// <summary>Answered with another status than success.</summary>
    public sealed record Refused(int Status) : BackendReply;

    /// <summary>Answered with success, but not in JSON.</summary>
    public sealed record Unreadable : BackendReply;

    /// <summary>Did not answer in time.</summary>
    public sealed record Silent : BackendReply;

    /// <param name="Reason">Such as "connection refused"; without addresses.</param>
    public sealed record Unreachable(string Reason) : BackendReply;
}
