namespace Codex.Gateway.Warmth;

/// <summary>What every warm-up works with.</summary>
/// <param name="WasListed">Whether the provider lists the model, or has listed it.</param>
/// <param name="Loaded">What is to be learnt of a model that has just been loaded, before requests go to it.</param>
internal sealed record WarmUpTools(WarmUpCall Call, Func<ModelKey, bool> WasListed, Func<WarmRequest, CancellationToken, Task> Loaded, TimeProvider Time);
