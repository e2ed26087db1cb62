using System.Net.Http.Headers;
using System.Reflection;
using Codex.Gateway.Explain;
using Codex.Gateway.Logging;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Codex.Gateway.Proxy;

/// <summary>Makes the backend's request: its address, its key, and no header that is none of its business.</summary>
internal sealed class UpstreamRequestTransform : RequestTransform
{
    internal static readonly string UserAgent =
        ClientKinds.OwnAgent + typeof(UpstreamRequestTransform).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var exchange = context.HttpContext.Features.GetRequiredFeature<Exchange>();
        var request = context.HttpContext.Request;
        var upstream = context.ProxyRequest;
        var query = exchange.Plan is null ? request.QueryString.Value : null;
        upstream.RequestUri = new Uri(context.DestinationPrefix.TrimEnd('/') + exchange.UpstreamPath + query);
        foreach (var (name, values) in request.Headers)
        {
            if (TravellingHeaders.GoUpstream(name))
                AddHeader(context, name, values);
        }

        upstream.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (exchange.Plan is not null)
        {
            upstream.Headers.Remove("Accept");
            upstream.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        }

        foreach (var (name, value) in exchange.Credentials.Headers)
        {
            RemoveHeader(context, name);
            AddHeader(context, name, value);
        }

        if (exchange.Provider.SendsTraceContext)
            AddTraceContext(context);
        upstream.Content!.Headers.ContentType = Json;
        upstream.Content.Headers.ContentLength = exchange.Body.Length;
        context.HttpContext.Features.Get<RequestStory>()?.CallBegins(upstream, exchange);
        return ValueTask.CompletedTask;
    }

    /// <summary>Our own span as the parent; the client's, when nobody collects ours.</summary>
    private static void AddTraceContext(RequestTransformContext context)
    {
        var headers = context.HttpContext.Request.Headers;
        var span = context.HttpContext.Features.Get<RequestLog>()?.LastAttempt?.Activity;
        var parent = span is null ? headers.TraceParent.ToString() : span.Id;
        var state = span is null ? headers.TraceState.ToString() : span.TraceStateString;
        if (string.IsNullOrEmpty(parent))
            return;
        AddHeader(context, "traceparent", parent);
        if (!string.IsNullOrEmpty(state))
            AddHeader(context, "tracestate", state);
    }
}
