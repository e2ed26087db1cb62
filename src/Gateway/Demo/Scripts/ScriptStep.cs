using System.Collections.Immutable;

namespace Codex.Gateway.Demo.Scripts;

/// <summary>One thing a scripted upstream does while it answers one request.</summary>
public abstract record ScriptStep
{
    private ScriptStep()
    {
    }

    /// <summary>Status and headers. They travel with the first <see cref="Flush"/> or with the end of the script.</summary>
    public sealed record SendHead(int Status, ImmutableArray<KeyValuePair<string, string>> Headers) : ScriptStep;

    /// <summary>Exact body bytes, held back until the next <see cref="Flush"/> or the end of the script.</summary>
    public sealed record Write(ReadOnlyMemory<byte> Bytes) : ScriptStep;

    /// <summary>Everything written so far leaves now.</summary>
    public sealed record Flush : ScriptStep;

    /// <summary>Silence. Data, so that a test reads it instead of waiting for it.</summary>
    public sealed record Pause(TimeSpan Duration) : ScriptStep;

    /// <summary>The connection breaks (a TCP reset over a socket); nothing after this step happens.</summary>
    public sealed record Abort : ScriptStep;

    /// <summary>Silence until the client goes away.</summary>
    public sealed record Hang : ScriptStep;
}
