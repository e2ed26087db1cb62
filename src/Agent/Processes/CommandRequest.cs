using System.Collections.Immutable;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Processes;

/// <summary>A command to run.</summary>
public sealed record CommandRequest
{
    /// <summary>Program and arguments; for a script see <see cref="UserShell.Words"/>.</summary>
    public required ImmutableArray<string> Words { get; init; }

    /// <summary>Absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>All of it; see <see cref="CallEnvironment"/>.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    public required SandboxPolicy Sandbox { get; init; }

    /// <summary>After it the command and all it started are killed; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Bytes of output kept.</summary>
    public int OutputLimit { get; init; } = OutputBuffer.DefaultLimit;

    /// <summary>Hears output while it comes, whole characters, from one thread; must not throw.</summary>
    public Action<string>? OnOutput { get; init; }
}
