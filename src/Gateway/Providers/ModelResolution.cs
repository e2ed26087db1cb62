using System.Collections.Immutable;

namespace Codex.Gateway.Providers;

/// <summary>Where a request for a model name goes.</summary>
public abstract record ModelResolution
{
    private ModelResolution()
    {
    }

    /// <param name="Provider">The view the request began with.</param>
    /// <param name="UpstreamModel">The backend's own name, sent in place of the one asked for.</param>
    /// <param name="Known">What the backend listed for it; null when it did not list it.</param>
    /// <param name="Settings">What the configuration says of the name asked for, completed by what it says of the model itself.</param>
    public sealed record Resolved(ProviderView Provider, string UpstreamModel, ProviderModel? Known, ModelSettings? Settings) : ModelResolution
    {
        /// <summary>Tokens; the configuration's word before the backend's, null when neither is known.</summary>
        public int? ContextWindow => Settings?.ContextWindow ?? Known?.ContextWindow;
    }

    /// <param name="Candidates">The names that say which one is meant, in the order of the providers.</param>
    public sealed record Ambiguous(string Requested, ImmutableArray<string> Candidates) : ModelResolution
    {
        public string Message =>
            $"The model name '{Requested}' is offered by {Candidates.Length} providers; ask for one of: {string.Join(", ", Candidates)}.";
    }

    /// <param name="Candidates">Names that would work, nearest first; empty when no provider offers any.</param>
    public sealed record Unknown(string Requested, ImmutableArray<string> Candidates) : ModelResolution
    {
        /// <summary>The provider that is meant but whose <c>AllowedModels</c> leave this model out.</summary>
        public string? RefusedBy { get; init; }

        public string Message => RefusedBy is { } provider
            ? $"The provider '{provider}' is not allowed to serve the model '{Requested}'; its AllowedModels are: {string.Join(", ", Candidates)}."
            : Candidates.IsEmpty
                ? $"No provider offers the model '{Requested}', and none offers any other: start a backend or configure a provider."
                : $"No provider offers the model '{Requested}'; the nearest names are: {string.Join(", ", Candidates)}.";
    }
}
