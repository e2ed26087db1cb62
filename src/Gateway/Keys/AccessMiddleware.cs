using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Keys;

/// <summary>
/// Lets a request through to its endpoint, or says why not. Where there are keys, the client's ends here: it is taken
/// out of the request, and its name is the feature <see cref="GatewayKey"/> of the context from here on. Stands after routing.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, KeyRing keys, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        var access = context.GetEndpoint()?.Metadata.GetMetadata<EndpointAccessMetadata>()?.Access ?? EndpointAccess.Key;
        var presented = keys.IsOn ? Take(context.Request) : null;
        var key = presented is null ? null : keys.Find(presented);
        if (key is not null)
        {
            context.Features.Set(key);
            context.Features.Get<RequestLog>()?.Key = key.Name;
        }

        return Refusal(context, access, key, isPresented: presented is not null) is { } failure
            ? RefuseAsync(context, failure)
            : next(context);
    }

    private static string? Take(HttpRequest request)
    {
        var presented = PresentedKey.Of(request);
        PresentedKey.Remove(request);
        return presented;
    }

    private Failure? Refusal(HttpContext context, EndpointAccess access, GatewayKey? key, bool isPresented) => access switch
    {
        EndpointAccess.Anyone => null,
        EndpointAccess.Admin when LocalCaller.Is(context) || key is { IsAdmin: true } => null,
        EndpointAccess.Admin when key is not null => AccessFailures.NotAdmin(key, context.Request.Path),
        EndpointAccess.Admin when !keys.IsOn => AccessFailures.NotLocal(context.Request.Path),
        EndpointAccess.KeyUnlessLocal when LocalCaller.Is(context) => null,
        _ when key is not null || !keys.IsOn => null,
        _ => isPresented ? AccessFailures.UnknownKey : AccessFailures.NoKey,
    };

    private Task RefuseAsync(HttpContext context, Failure failure)
    {
        if (failure.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        return FailureAnswerWriter.SendAsync(context, failure, ClientKinds.AcceptsEvents(context.Request), model: null, plan: null, time);
    }
}
