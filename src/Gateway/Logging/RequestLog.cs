namespace Codex.Gateway.Logging;

/// <summary>What one request turned out to be; filled on its way through the pipeline, written as one line at its end.</summary>
public sealed class RequestLog
{
    public required string RequestId { get; init; }

    public string? Provider { get; set; }

    /// <summary>As the client asked for it.</summary>
    public string? Model { get; set; }

    /// <summary>From the moment the request left for the backend to the first bytes of its answer.</summary>
    public TimeSpan? FirstEvent { get; set; }

    /// <summary>Signs of life sent to the client while it waited.</summary>
    public int Keepalives { get; set; }

    /// <summary>Attempts that followed a failed one.</summary>
    public int Retries { get; set; }

    public long? TokensIn { get; set; }

    public long? TokensOut { get; set; }

    public int? ToolCalls { get; set; }

    /// <summary>Paths of what could not be carried over, without values.</summary>
    public string? Dropped { get; set; }

    /// <summary>One word for why there was no answer, or none to the end.</summary>
    public string? Failure { get; set; }

    /// <summary>The whole answer has been handed over: a client that leaves now, as Codex does at the terminal event, has not gone away.</summary>
    public bool IsComplete { get; set; }
}
