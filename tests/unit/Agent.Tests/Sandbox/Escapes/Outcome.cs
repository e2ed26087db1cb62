namespace Codex.Agent.Tests.Sandbox.Escapes;

/// <param name="Violations">What the attempt reached; empty when it failed as it should.</param>
public sealed record Outcome(int ExitCode, string Output, IReadOnlyList<string> Violations);
