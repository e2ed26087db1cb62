using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Warmth;

/// <summary>
/// Sees in a failure that the model is only not there yet, where the answer alone does not say so; what it does say
/// is read by the dialect's fault signs.
/// </summary>
public static class ColdSigns
{
    /// <param name="wasListed">The backend lists the model, or has listed it before.</param>
    /// <returns>The failure as <see cref="FailureKind.Cold"/>, or as it was.</returns>
    public static Failure Read(Failure failure, Provider provider, bool wasListed) =>
        IsHidden(failure, provider, wasListed) || IsStarting(failure, provider) ? failure with { Kind = FailureKind.Cold } : failure;

    /// <summary>A route that is not there while nothing runs behind it answers 404 as well, without a word on models.</summary>
    private static bool IsHidden(Failure failure, Provider provider, bool wasListed) =>
        wasListed && provider.Dialect.NotFoundWhenCold && failure is { Status: StatusCodes.Status404NotFound, Kind: FailureKind.UnknownModel or FailureKind.InvalidRequest };

    private static bool IsStarting(Failure failure, Provider provider) => provider.ColdStart.StartsOnDemand && failure switch
    {
        { Kind: FailureKind.Unreachable } => true,
        { Kind: FailureKind.BackendError or FailureKind.TimedOut } => failure.Status is
            StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout,
        _ => false,
    };
}
