using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Contract.Tests.StockClients;

/// <summary>One scene for Codex: a scripted backend, the whole gateway before it, and a home of its own.</summary>
public sealed class CodexStage : IAsyncDisposable
{
    public const string Model = "scripted-model";

    private readonly NodePackages _packages;

    private CodexStage(NodePackages packages, ScriptedUpstreamServer upstream, RunningGateway gateway)
    {
        _packages = packages;
        Upstream = upstream;
        Gateway = gateway;
    }

    public ScriptedUpstreamServer Upstream { get; }

    public RunningGateway Gateway { get; }

    public CodexHome Home { get; } = new();

    public string BaseUrl => new Uri(Gateway.Client.BaseAddress!, "v1").AbsoluteUri;

    /// <summary>What the backend was asked so far.</summary>
    public IReadOnlyList<ChatAsked> Asked => [.. Upstream.ChatRequests.Select(request => new ChatAsked(request))];

    /// <param name="dialect">The dialect of the provider <c>scripted</c>; the backend itself does as its scripts say.</param>
    /// <param name="contextWindow">Tokens, as the backend would list them.</param>
    /// <param name="change">Anything else about the provider.</param>
    public static async Task<CodexStage> StartAsync(
        NodePackages packages, string dialect = "generic", int? contextWindow = null, Func<Provider, Provider>? change = null)
    {
        packages.Require();
        var upstream = await ScriptedUpstreamServer.StartAsync();
        var provider = new Provider("scripted", ProviderOrigin.Configured, DialectRegistry.Find(dialect)!, [new Uri(upstream.BaseUrl)]);
        var view = new ProviderView(
            change?.Invoke(provider) ?? provider,
            [new ProviderModel(Model) { ContextWindow = contextWindow }],
            DateTimeOffset.UnixEpoch,
            Problem: null);
        return new CodexStage(packages, upstream, await RunningGateway.StartAsync(view));
    }

    /// <summary>The backend's next answers, in order.</summary>
    public CodexStage Answering(params ReadOnlySpan<ChatScript> scripts)
    {
        Upstream.Enqueue(scripts);
        return this;
    }

    /// <summary>A run of this release against this gateway, to be changed as the scenario wants.</summary>
    public CodexRun Run(string version, string prompt = "Do it.") => new()
    {
        Release = CodexRelease.Of(version),
        BaseUrl = BaseUrl,
        Model = Model,
        Prompt = prompt,
    };

    /// <summary>The same run with the gateway's model list, fetched by Codex itself or from a file as <c>catalog --out</c> writes it.</summary>
    public async Task<CodexRun> WithCatalogAsync(CodexRun run, bool fetched)
    {
        if (fetched)
            return run with { FetchCatalog = true, Key = "none" };
        var catalog = await Gateway.Client.GetByteArrayAsync("v1/models");
        return run with { CatalogFile = Home.AddFile("models.json", catalog) };
    }

    public Task<CodexOutcome> PlayAsync(CodexRun run) => run.InAsync(Home, _packages);

    public Task<CodexTerminal> OpenTerminalAsync(CodexRun run) => CodexTerminal.StartAsync(run, Home, _packages);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
        Home.Dispose();
    }
}
