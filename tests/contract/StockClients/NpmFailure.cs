namespace Codex.Contract.Tests.StockClients;

/// <summary>Tells a registry that cannot be reached (the tests are skipped) from a real fault (they fail).</summary>
public static class NpmFailure
{
    private static readonly string[] NetworkCodes =
    [
        "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "ETIMEDOUT", "ERR_SOCKET_TIMEOUT",
        "EHOSTUNREACH", "ENETUNREACH", "E401", "E403", "E429", "E500", "E502", "E503", "E504", "ENOTCACHED",
    ];

    /// <returns>The reason in words with npm's code, or null when the network is not to blame.</returns>
    public static string? RegistryOutOfReach(string stderr)
    {
        var code = NetworkCodes.FirstOrDefault(known => stderr.Split([' ', '\n', '\r', ':'], StringSplitOptions.RemoveEmptyEntries).Contains(known));
        return code is null ? null : $"npm could not download the packages from its registry ({code})";
    }
}
