namespace Codex.Gateway.Keys;

/// <summary>How endpoints say who may call them; <see cref="AccessMiddleware"/> holds callers to it.</summary>
public static class AdminAccess
{
    /// <summary>Only for programs of this machine (no proxy in between) and for admin keys.</summary>
    public static TBuilder RequireAdmin<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new EndpointAccessMetadata(EndpointAccess.Admin));

    /// <summary>Needs a key where there are keys, but not from programs of this machine.</summary>
    public static TBuilder RequireKeyUnlessLocal<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new EndpointAccessMetadata(EndpointAccess.KeyUnlessLocal));

    /// <summary>Never needs a key.</summary>
    public static TBuilder AllowAnyone<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new EndpointAccessMetadata(EndpointAccess.Anyone));
}
