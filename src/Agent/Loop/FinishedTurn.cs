using System.Collections.Immutable;

namespace Codex.Agent.Loop;

/// <summary>A turn that the model ended, not the user and not a fault.</summary>
/// <param name="InputMessages">What the user said in it.</param>
/// <param name="LastMessage">Null when the model said nothing.</param>
public sealed record FinishedTurn(string TurnId, ImmutableArray<string> InputMessages, string? LastMessage);
