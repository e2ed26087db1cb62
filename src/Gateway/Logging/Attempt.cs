using System.Diagnostics;

namespace Codex.Gateway.Logging;

/// <summary>One call to one backend.</summary>
public sealed class Attempt(int number, TimeProvider time, TimeSpan at)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>From 1.</summary>
    public int Number { get; } = number;

    /// <summary>When it began, since the request arrived.</summary>
    public TimeSpan At { get; } = at;

    /// <summary>The base address of the backend that was asked; null when none was to be had.</summary>
    public string? Destination { get; private set; }

    /// <summary>The backend's HTTP status; null when it sent none.</summary>
    public int? Status { get; internal set; }

    /// <summary>One word for why it brought no answer; null when it did.</summary>
    public string? Cause { get; private set; }

    /// <summary>To the end of the answer; null while it runs.</summary>
    public TimeSpan? Duration { get; private set; }

    /// <summary>For whoever finds out more: a 500 that hides a refused key, a 404 of a model that is only cold.</summary>
    public void Explain(string cause) => Cause = cause;

    /// <summary>Its span; null when nobody collects traces.</summary>
    internal Activity? Activity { get; set; }

    /// <param name="cause">One word; null when it brought an answer.</param>
    public void End(string? destination, string? cause)
    {
        Destination = destination;
        Cause = cause;
        Duration = time.GetElapsedTime(_started);
    }
}
