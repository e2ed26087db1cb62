using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Gateway.Warmth;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Text;
using Codex.Translation.Translate;
using Microsoft.Extensions.Logging.Abstractions;

namespace Codex.Gateway.Tests.Warmth;

/// <summary>Model warmth on a backend that is a function, and on a clock of its own.</summary>
internal sealed class WarmthBench : HttpMessageHandler
{
    public const string Loading = """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""";

    private readonly HttpMessageInvoker _client;
    private readonly BackendClient _questions;
    private int _calls;

    public WarmthBench(string dialect = "generic", Func<Provider, Provider>? change = null, params ProviderModel[] models)
    {
        var provider = new Provider("lab", ProviderOrigin.Configured, DialectRegistry.Find(dialect)!, [new Uri("http://lab.invalid/v1")]);
        Provider = change?.Invoke(provider) ?? provider;
        Directory.Update(s => s with { Providers = [new ProviderView(Provider, [.. models], Time.GetUtcNow(), Problem: null)] });
        _client = new HttpMessageInvoker(this);
        _questions = new BackendClient(this);
        Guard = new ContextGuard(Directory, new PromptScale());
        var discovery = new Discovery(_questions, Time);
        Warmth = new ModelWarmth(
            new WarmUpCall(_ => _client, Time),
            new SeenModels(Directory),
            new ResidencyCheck(_questions, Time),
            new ProviderRefresh(Directory, discovery, new ModelListReader(_questions, discovery, Time), Time),
            Guard,
            Time,
            NullLogger<ModelWarmth>.Instance);
    }

    public ManualTime Time { get; } = new();

    public ProviderDirectory Directory { get; } = new();

    public Provider Provider { get; }

    public ModelWarmth Warmth { get; }

    public ContextGuard Guard { get; }

    /// <summary>Answers the call of this number, from 1, to chat/completions.</summary>
    public Func<int, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, _) => Task.FromResult(Says());

    /// <summary>The backend's own questions, by path; 404 for others.</summary>
    public ConcurrentDictionary<string, Func<string>> Native { get; } = new();

    public int Calls => Volatile.Read(ref _calls);

    public ConcurrentQueue<(string Path, string? Authorization, string Body)> Asked { get; } = new();

    public int TimesAsked(string path) => Asked.Count(a => a.Path == path);

    public Exchange Exchange(string? key = null, int estimated = 10, string model = "m", ModelSettings? settings = null)
    {
        var view = Directory.Current.Providers[0];
        var request = new ResponsesRequest { Model = model, Stream = true };
        var call = ((RequestTranslated.Ready)RequestTranslation.ToChat(request, Provider.Dialect, model)).Call with { EstimatedPromptTokens = estimated };
        return new Exchange
        {
            Endpoint = ProxyEndpoint.Responses,
            Client = ClientKind.Other,
            Provider = Provider,
            Model = model,
            Body = call.ToUtf8(),
            UpstreamPath = "/chat/completions",
            WantsEvents = true,
            Credentials = new UpstreamCredentials(key is null ? [] : [new("Authorization", "Bearer " + key)], key is not null, Redaction.None),
            Target = new ModelResolution.Resolved(view, model, view.Models.FirstOrDefault(m => m.Id == model), settings),
            Plan = new AnswerPlan(call, ExchangePreparation.NewTemplate(request, Time), default, Redaction.None),
        };
    }

    public static Failure Cold(string message = "It is loading.") => new(FailureKind.Cold, 503, message);

    public static HttpResponseMessage Says(string content = "Hi") => Json(200, $$"""{"choices":[{"message":{"role":"assistant","content":"{{content}}"},"finish_reason":"length"}]}""");

    public static HttpResponseMessage Streams(string data) => new(HttpStatusCode.OK) { Content = new StringContent(data, Encoding.UTF8, "text/event-stream") };

    public static HttpResponseMessage Json(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Asked.Enqueue((path, request.Headers.Authorization?.Parameter, body));
        if (path == "/v1/chat/completions")
            return await Answer(Interlocked.Increment(ref _calls), cancellationToken);
        return Native.TryGetValue(path, out var native) ? Json(200, native()) : Json(404, "{}");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _questions.Dispose();
        base.Dispose(disposing);
    }
}
