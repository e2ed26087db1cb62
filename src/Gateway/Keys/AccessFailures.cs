using Codex.Gateway.Logging;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Keys;

/// <summary>Why a caller is not let in, and what to run; never with a key in it.</summary>
internal static class AccessFailures
{
    public static Failure NotLocal(string path) => new(
        FailureKind.WrongKey,
        StatusCodes.Status403Forbidden,
        $"{PlainText.ForLog(path)} is for administrators: call it on the gateway's own machine, without a proxy in between.")
    {
        Code = "admin_only",
    };
}
