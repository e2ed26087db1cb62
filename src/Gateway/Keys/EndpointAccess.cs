namespace Codex.Gateway.Keys;

/// <summary>Who may call an endpoint.</summary>
public enum EndpointAccess
{
    /// <summary>Whoever has a gateway key, or everybody where there are no keys.</summary>
    Key,

    /// <summary>As <see cref="Key"/>, and programs of this machine without a key.</summary>
    KeyUnlessLocal,

    /// <summary>Programs of this machine, and whoever has an admin key.</summary>
    Admin,

    /// <summary>Everybody.</summary>
    Anyone,
}

/// <summary>What an endpoint carries; without it, it has <see cref="EndpointAccess.Key"/>.</summary>
internal sealed record EndpointAccessMetadata(EndpointAccess Access);
