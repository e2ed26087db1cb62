using Codex.Contract.Tests.Providers.Scripted;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Contract.Tests.Providers;

/// <summary>The whole gateway in this process with one provider behind it.</summary>
internal sealed class ProviderUnderTest : IAsyncDisposable
{
    private const string ProviderName = "provider";

    private readonly ScriptedUpstreamServer? _upstream;

    private ProviderUnderTest(RunningGateway gateway, ProviderFacts facts, string? key, ScriptedUpstreamServer? upstream)
    {
        Gateway = gateway;
        // The limit is that of the case: a model may have to be loaded first.
        gateway.Client.Timeout = Timeout.InfiniteTimeSpan;
        Facts = facts;
        Key = key;
        _upstream = upstream;
    }

    public RunningGateway Gateway { get; }

    public ProviderFacts Facts { get; }

    /// <summary>Sent by the client, as a person's client would; the gateway passes it on.</summary>
    public string? Key { get; }

    /// <summary>How often the backend was asked so far; null for a real one.</summary>
    public int? UpstreamRequests => _upstream?.ChatRequests.Count;

    /// <summary>A scripted backend in the manner of the dialect.</summary>
    public static async Task<ProviderUnderTest> StartAsync(Manner manner)
    {
        var upstream = await ManneredUpstream.StartAsync(manner);
        // A dialect with Responses of its own passes them through; here its chat form is meant.
        var dialect = DialectRegistry.Find(manner.Name)! with { SpeaksResponses = false };
        var gateway = await StartGatewayAsync(dialect, upstream.BaseUrl, ManneredUpstream.Model);
        var facts = new ProviderFacts(dialect.Name, ManneredUpstream.Model, ManneredUpstream.Window, HasKey: manner.WrongKey is not null);
        return new ProviderUnderTest(gateway, facts, facts.HasKey ? ManneredUpstream.Key : null, upstream);
    }

    /// <summary>The provider the variables name, or null when they name none.</summary>
    public static async Task<ProviderUnderTest?> StartAsync(ProviderVariables variables)
    {
        if (variables.BaseUrl is not { } address)
            return null;
        var gateway = await StartGatewayAsync(variables.Dialect, address, variables.Model);
        var facts = new ProviderFacts(variables.Dialect.Name, variables.Model, variables.ContextWindow, HasKey: variables.Key is not null);
        return new ProviderUnderTest(gateway, facts, variables.Key, upstream: null);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        if (_upstream is not null)
            await _upstream.DisposeAsync();
    }

    private static Task<RunningGateway> StartGatewayAsync(Dialect dialect, string baseUrl, string model) =>
        RunningGateway.StartAsync(RunningGateway.View(
            new Provider(ProviderName, ProviderOrigin.Configured, dialect, [new Uri(baseUrl.TrimEnd('/'))]), model));
}
