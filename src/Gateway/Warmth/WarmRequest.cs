using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Warmth;

/// <summary>A model that somebody wants to use, and the key it is asked with.</summary>
/// <param name="Model">As it was asked for.</param>
/// <param name="UpstreamModel">The backend's own name.</param>
public sealed record WarmRequest(Provider Provider, string Model, string UpstreamModel, UpstreamCredentials Credentials)
{
    public ModelKey Key => new(Provider.Name, UpstreamModel);

    /// <summary>For whoever has no client's request at hand.</summary>
    /// <param name="clientAuthorization">The <c>Authorization</c> header of whoever asks; null for the gateway itself.</param>
    /// <param name="unset">The environment variable that should hold the key and has no value; the result is then null.</param>
    public static WarmRequest? For(ModelResolution.Resolved target, string model, string? clientAuthorization, out string? unset) =>
        UpstreamCredentials.Read(target.Provider.Provider, clientAuthorization, out unset) is { } credentials
            ? new WarmRequest(target.Provider.Provider, model, target.UpstreamModel, credentials)
            : null;

    /// <summary>Whether a backend cannot tell the two askers apart.</summary>
    public bool HasKeyOf(WarmRequest other) => Credentials.Headers.AsSpan().SequenceEqual(other.Credentials.Headers.AsSpan());
}
