using System.Globalization;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Warmth;

/// <summary>What a request hears that waited for a model in vain.</summary>
internal static class WarmthFailures
{
    /// <summary>When a place in the queue may have become free.</summary>
    private static readonly TimeSpan QueueDelay = TimeSpan.FromSeconds(15);

    /// <summary>Told as a time-out: a client that is told "loading" comes again, to wait as long once more.</summary>
    public static Failure TooLate(WarmRequest request, TimeSpan waited, string sign) => new(
        FailureKind.TimedOut,
        StatusCodes.Status504GatewayTimeout,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The model '{request.Model}' of provider '{request.Provider.Name}' is still not loaded after {waited.TotalSeconds:0} s. The last sign: {sign} Raise ColdStart.Deadline of the provider if the model loads that long."));

    public static Failure QueueFull(WarmRequest request, TimeSpan elapsed) => new(
        FailureKind.Cold,
        StatusCodes.Status503ServiceUnavailable,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The model '{request.Model}' of provider '{request.Provider.Name}' has been loading for {elapsed.TotalSeconds:0} s, and {request.Provider.ColdStart.Waiters} requests wait for it already."))
    {
        RetryAfter = QueueDelay,
    };

    public static string NotLoaded(WarmRequest request) =>
        $"Provider '{request.Provider.Name}' does not have the model '{request.Model}' loaded.";

    public static string Silent(WarmRequest request, TimeSpan silent) => string.Create(
        CultureInfo.InvariantCulture,
        $"Provider '{request.Provider.Name}' took a request and has sent nothing for {silent.TotalSeconds:0} s.");
}
