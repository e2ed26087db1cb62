using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Codex.Agent.Sandbox;

/// <summary>What our own program, started as <c>codex-agent __sandbox</c>, is to become. It comes as JSON on a descriptor, so that no list of processes shows it.</summary>
/// <param name="Roots">Writable directories and files.</param>
/// <param name="File">The program, absolute.</param>
/// <param name="Arguments">Its argument list, its own name first.</param>
/// <param name="Environment">All of it; the program that confines itself was started with less.</param>
public sealed record ConfinedLaunch(
    int LandlockVersion,
    ImmutableArray<string> Roots,
    bool AllowsNetwork,
    string File,
    ImmutableArray<string> Arguments,
    ImmutableSortedDictionary<string, string> Environment)
{
    /// <summary>It is started in namespaces of its own, which end with the agent; else the agent is its parent.</summary>
    public bool HasNamespaces { get; init; }

    /// <summary>The hidden command.</summary>
    public const string Command = "__sandbox";

    public const int Descriptor = 3;

    public ImmutableArray<byte> ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ConfinedLaunchJson.Default.ConfinedLaunch)];

    public static ConfinedLaunch Read(Stream stream) => JsonSerializer.Deserialize(stream, ConfinedLaunchJson.Default.ConfinedLaunch)!;
}

[JsonSerializable(typeof(ConfinedLaunch))]
internal sealed partial class ConfinedLaunchJson : JsonSerializerContext;
