using System.Globalization;
using Codex.Gateway.Explain;
using Codex.Gateway.Hosting;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Gateway.Proxy;

/// <summary>What a request became.</summary>
public abstract record Preparation
{
    private Preparation()
    {
    }

    public sealed record Ready(Exchange Exchange) : Preparation;

    /// <param name="Model">As far as it could be read.</param>
    public sealed record Refused(Failure Failure, bool WantsEvents, string? Model) : Preparation;
}

/// <summary>From the bytes a client sent to the bytes a backend gets.</summary>
internal sealed class ExchangePreparation(GatewaySettings settings, ProviderDirectory directory, ProviderRefresh refresh, TimeProvider time)
{
    /// <summary>Longer ones are no names, and looking for their nearest neighbours would take long.</summary>
    private const int LongestModelName = 512;

    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async Task<Preparation> PrepareAsync(HttpContext context, ProxyEndpoint endpoint)
    {
        var request = context.Request;
        return await RequestBody.ReadAsync(request, settings.MaxBodyBytes, context.RequestAborted) switch
        {
            RequestBody.Read body => await PrepareReadAsync(context, endpoint, body.Bytes),
            RequestBody.Refused refused => Refuse(request, refused.Failure),
            var other => throw new NotSupportedException(other.GetType().Name),
        };
    }

    private async Task<Preparation> PrepareReadAsync(HttpContext context, ProxyEndpoint endpoint, ReadOnlyMemory<byte> body)
    {
        var request = context.Request;
        context.Features.Get<RequestStory>()?.ClientSent(body.Span);
        var prepared = Prepare();
        // A name nobody offers may be that of a model which has come since the backends were last asked.
        return prepared is Preparation.Refused { Model: { } model }
            && ModelResolver.Resolve(directory.Current, model) is ModelResolution.Unknown
            && await refresh.ResolveAsync(model, ClientKey.Of(request), context.RequestAborted) is ModelResolution.Resolved
            ? Prepare()
            : prepared;

        Preparation Prepare() => endpoint.IsResponses ? PrepareResponses(request, endpoint, body) : PreparePassing(request, endpoint, body);
    }

    private Preparation PrepareResponses(HttpRequest request, ProxyEndpoint endpoint, ReadOnlyMemory<byte> body)
    {
        switch (ResponsesRequestReader.Read(body))
        {
            case RequestReading.Read { Request: var wanted }:
                return Resolve(request, wanted.Model, out var refusal) is { } target
                    ? target.Provider.Provider.Dialect.SpeaksResponses
                        ? PreparePassing(request, endpoint, body)
                        : Translate(request, endpoint, wanted, target)
                    : new Preparation.Refused(refusal!, WantsEvents(endpoint, wanted), wanted.Model);
            case RequestReading.Refused { Fault: var fault }:
                // A backend with Responses of its own may know more than this library.
                return BodyFields.Read(body.Span, out _) is { } fields && Resolve(request, fields.Model, out _)?.Provider.Provider.Dialect.SpeaksResponses == true
                    ? PreparePassing(request, endpoint, body)
                    : Refuse(request, RequestFailures.Explain(fault));
            case var other:
                throw new NotSupportedException(other.GetType().Name);
        }
    }

    private Preparation PreparePassing(HttpRequest request, ProxyEndpoint endpoint, ReadOnlyMemory<byte> body)
    {
        if (BodyFields.Read(body.Span, out var fault) is not { } fields)
            return Refuse(request, RequestFailures.Explain(fault!));
        var wantsEvents = endpoint.IsResponses && fields.Stream;
        if (Resolve(request, fields.Model, out var refusal) is not { } target)
            return new Preparation.Refused(refusal!, wantsEvents, fields.Model);
        var provider = target.Provider.Provider;
        if (UpstreamCredentials.Read(provider, request, out var unset) is not { } credentials)
            return new Preparation.Refused(RequestFailures.Unset(provider, unset!), wantsEvents, fields.Model);
        return new Preparation.Ready(new Exchange
        {
            Endpoint = endpoint,
            Client = ClientKinds.Of(request),
            Provider = provider,
            Model = fields.Model,
            Body = fields.WithModel(body, target.UpstreamModel),
            UpstreamPath = endpoint.UpstreamPath,
            WantsEvents = wantsEvents,
            Credentials = credentials,
            Target = target,
            ConversationId = ConversationId.Of(request, fields.PromptCacheKey),
        });
    }

    private Preparation Translate(HttpRequest request, ProxyEndpoint endpoint, ResponsesRequest asked, ModelResolution.Resolved target)
    {
        var provider = target.Provider.Provider;
        var wanted = RequestDefaults.Complete(endpoint == ProxyEndpoint.Compact ? RequestDefaults.AskForCompaction(asked) : asked, target.Settings);
        var wantsEvents = WantsEvents(endpoint, wanted);
        if (UpstreamCredentials.Read(provider, request, out var unset) is not { } credentials)
            return new Preparation.Refused(RequestFailures.Unset(provider, unset!), wantsEvents, wanted.Model);
        switch (RequestTranslation.ToChat(wanted, provider.Dialect, target.UpstreamModel))
        {
            case RequestTranslated.Refused { Fault: var fault }:
                return new Preparation.Refused(RequestFailures.Explain(fault), wantsEvents, wanted.Model);
            case RequestTranslated.Ready { Call: var call }:
                var client = ClientKinds.Of(request);
                return new Preparation.Ready(new Exchange
                {
                    Endpoint = endpoint,
                    Client = client,
                    Provider = provider,
                    Model = wanted.Model,
                    Body = call.ToUtf8(),
                    UpstreamPath = "/chat/completions",
                    WantsEvents = wantsEvents,
                    Credentials = credentials,
                    Target = target,
                    ConversationId = ConversationId.Of(request, wanted.PromptCacheKey),
                    Plan = new AnswerPlan(call.WithoutRequest(), NewTemplate(wanted, time).WithoutConversation(), Shape(request, client), credentials.Redaction),
                });
            case var other:
                throw new NotSupportedException(other.GetType().Name);
        }
    }

    internal static ResponseTemplate NewTemplate(ResponsesRequest request, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new ResponseTemplate("resp_" + Guid.CreateVersion7(now).ToString("N", CultureInfo.InvariantCulture), now.ToUnixTimeSeconds(), request);
    }

    private static ResponseShape Shape(HttpRequest request, ClientKind client) =>
        (client == ClientKind.Codex ? ResponseShape.Codex : default) with
        {
            RawReasoning = request.Headers["x-gateway-reasoning"].ToString().Equals("raw", StringComparison.OrdinalIgnoreCase),
        };

    private static bool WantsEvents(ProxyEndpoint endpoint, ResponsesRequest request) => request.Stream && endpoint != ProxyEndpoint.Compact;

    private static Preparation.Refused Refuse(HttpRequest request, Failure failure) =>
        new(failure, ClientKinds.AcceptsEvents(request), Model: null);

    private ModelResolution.Resolved? Resolve(HttpRequest request, string model, out Failure? refusal)
    {
        if (model.Length > LongestModelName)
        {
            refusal = RequestFailures.ModelNameTooLong(LongestModelName);
            return null;
        }

        var snapshot = directory.Current;
        var resolution = ModelResolver.Resolve(snapshot, model);
        var resolved = resolution as ModelResolution.Resolved;
        if (request.HttpContext.Features.Get<GatewayKey>() is { Models.IsEmpty: false } key
            && (resolved is null || !ModelAccess.Allows(key, snapshot, model, resolved)))
        {
            refusal = ModelAccess.Refusal(key, model);
            return null;
        }

        refusal = RequestFailures.Explain(resolution);
        return resolved;
    }
}
