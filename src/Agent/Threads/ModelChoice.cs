using Codex.Agent.Client;
using Codex.Agent.Configuration;
using Codex.Agent.Gateway;
using Codex.Agent.Models;

namespace Codex.Agent.Threads;

/// <summary>The model a thread will use, and where it is asked.</summary>
internal abstract record ModelChoice
{
    private ModelChoice()
    {
    }

    /// <param name="Own">A gateway that ends with this program; null when another one, or none, is used.</param>
    public sealed record Made(ModelEndpoint Endpoint, ModelProfile Model, OwnGateway? Own) : ModelChoice;

    /// <param name="Message">What is missing and the next step.</param>
    public sealed record Failed(string Message) : ModelChoice;

    /// <summary>Takes the configured provider, else a gateway that runs, else starts one.</summary>
    public static async Task<ModelChoice> MakeAsync(AgentSettings settings, HttpMessageInvoker http, TimeProvider time, CancellationToken cancellation)
    {
        if (await FindEndpointAsync(settings, http, time, cancellation) is { } endpoint)
            return await ChooseAsync(settings, endpoint, own: null, http, time, cancellation);
        var (own, problem) = await OwnGateway.StartAsync(time, cancellation);
        return own is null
            ? new Failed($"No model provider is configured and no gateway runs: {problem}. Set model_provider in config.toml (codex-config add-provider does that), or start codex-gateway.")
            : await ChooseAsync(settings, EndpointOf(own.Root, () => own.Key), own, http, time, cancellation);
    }

    /// <summary>Where a model would be asked without starting anything; null when no provider is configured and no gateway runs.</summary>
    public static async Task<ModelEndpoint?> FindEndpointAsync(AgentSettings settings, HttpMessageInvoker http, TimeProvider time, CancellationToken cancellation) =>
        settings.Endpoint
        ?? (await GatewayAddress.FindAsync(http, Environment.GetEnvironmentVariable(GatewayAddress.Variable), time, cancellation) is { } running
            ? EndpointOf(running, static () => Environment.GetEnvironmentVariable("CODEX_GATEWAY_KEY"))
            : null);

    private static ModelEndpoint EndpointOf(Uri root, Func<string?> key) => new(new Uri(root, "/v1"), "gateway")
    {
        KeyVariable = "CODEX_GATEWAY_KEY",
        Key = key,
    };

    private static async Task<ModelChoice> ChooseAsync(
        AgentSettings settings, ModelEndpoint endpoint, OwnGateway? own, HttpMessageInvoker http, TimeProvider time, CancellationToken cancellation)
    {
        var models = await ModelList.AskAsync(http, endpoint, time, cancellation);
        // A scripted model is no choice while there is a real one.
        var slug = settings.Model ?? models.FirstOrDefault(m => m.Slug != "demo")?.Slug ?? models.FirstOrDefault()?.Slug;
        if (slug is null)
        {
            if (own is not null)
                await own.DisposeAsync();
            return new Failed($"No model is named, and {endpoint.BaseUrl.GetLeftPart(UriPartial.Authority)} lists none; name one with -m.");
        }

        var listed = Find(models, slug);
        var metadata = Find(settings.Catalog, slug)?.Or(listed) ?? listed;
        return new Made(endpoint, ModelProfiles.Resolve(slug, metadata, settings.Overrides), own);
    }

    private static ModelMetadata? Find(IEnumerable<ModelMetadata> models, string slug) =>
        models.FirstOrDefault(m => m.Slug.Equals(slug, StringComparison.OrdinalIgnoreCase));
}
