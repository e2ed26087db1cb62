using Codex.Gateway.Proxy;

namespace Codex.Gateway.Keys;

/// <summary>Lets a request through to its endpoint, or says why not. Stands after routing.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        var access = context.GetEndpoint()?.Metadata.GetMetadata<EndpointAccessMetadata>()?.Access ?? EndpointAccess.Key;
        return access == EndpointAccess.Admin && !LocalCaller.Is(context)
            ? FailureAnswerWriter.SendAsync(context, AccessFailures.NotLocal(context.Request.Path), ClientKinds.AcceptsEvents(context.Request), model: null, plan: null, time)
            : next(context);
    }
}
