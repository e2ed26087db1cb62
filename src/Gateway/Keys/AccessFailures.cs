using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Keys;

/// <summary>Why a caller is not let in, and what to run; never with a key in it.</summary>
internal static class AccessFailures
{
    public static readonly Failure NoKey = new(
        FailureKind.WrongKey,
        StatusCodes.Status401Unauthorized,
        "This gateway wants a key of its own, sent as a bearer (Authorization) or as x-api-key. Whoever runs the gateway makes one with: codex-gateway keys add NAME");

    public static readonly Failure UnknownKey = new(
        FailureKind.WrongKey,
        StatusCodes.Status401Unauthorized,
        "The key that was sent is none of this gateway's. Whoever runs the gateway sees which there are with: codex-gateway keys list, and makes one with: codex-gateway keys add NAME");

    public static Failure NotAdmin(GatewayKey key, string path) => new(
        FailureKind.WrongKey,
        StatusCodes.Status403Forbidden,
        $"{PlainText.ForLog(path)} is for administrators, and the key '{key.Name}' is no admin key. Call it on the gateway's own machine, or make a key with: codex-gateway keys add NAME --admin")
    {
        Code = "admin_only",
    };

    public static Failure NotLocal(string path) => new(
        FailureKind.WrongKey,
        StatusCodes.Status403Forbidden,
        $"{PlainText.ForLog(path)} is for administrators: call it on the gateway's own machine, without a proxy in between, or make a key with: codex-gateway keys add NAME --admin")
    {
        Code = "admin_only",
    };
}
