namespace Codex.Contract.Tests.Providers;

/// <summary>What is known of the provider before it is asked anything.</summary>
/// <param name="ContextWindow">Tokens; null when nobody said.</param>
/// <param name="HasKey">Whether a key is sent, so that a wrong one can be.</param>
public sealed record ProviderFacts(string Dialect, string Model, int? ContextWindow, bool HasKey);
