using System.Globalization;
using Codex.Gateway.Dialects;
using Codex.Gateway.Logging;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Proxy.Inquiry;

/// <summary>Finds out what is behind a backend's error, where its own answer hides it or leaves the next step open.</summary>
internal sealed class FailureInquiry(KeyProbe keys, ProviderDirectory directory)
{
    /// <param name="destination">The base address that answered; null when none did.</param>
    /// <returns>The truth as far as it can be known: <paramref name="failure"/> itself where there is nothing to add.</returns>
    public async ValueTask<Failure> ExplainAsync(Exchange exchange, Failure failure, string? destination, RequestLog log, CancellationToken cancellation)
    {
        var told = failure switch
        {
            { Kind: FailureKind.UnknownModel } => WithNearest(exchange, failure),
            _ when destination is not null && MayBeTheKey(failure) => await AskAsync(exchange, failure, new Uri(destination), cancellation),
            _ => failure,
        };
        if (told.Kind != failure.Kind)
        {
            log.Decide($"{failure.Kind} is {told.Kind}, as the answer to a question for models with the same key shows.");
            // What the backend answered would now mislead.
            exchange.PassedError = null;
        }

        return told;
    }

    /// <summary>Some hosts hide a refused key behind an error of their own, or behind what looks like a model that loads.</summary>
    private static bool MayBeTheKey(Failure failure) => failure.Kind == FailureKind.WrongKey
        || (failure is { Kind: FailureKind.BackendError or FailureKind.Cold, Answered: 500 or 502 or 503 });

    private async ValueTask<Failure> AskAsync(Exchange exchange, Failure failure, Uri replica, CancellationToken cancellation)
    {
        var provider = exchange.Provider;
        return await keys.AskAsync(provider, replica, exchange.Credentials, cancellation) switch
        {
            KeyVerdict.Refused when failure.Kind == FailureKind.WrongKey => failure,
            KeyVerdict.Refused refused => failure with
            {
                Kind = FailureKind.WrongKey,
                Status = refused.Status,
                RetryAfter = null,
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{failure.Answer} The key is the cause: with it, its list of models is refused too ({refused.Status}). {KeyAdvice.Replace(provider)}"),
            },
            // An error of the backend's own that only sounded like the key's.
            KeyVerdict.Accepted when failure is { Kind: FailureKind.WrongKey, Answered: >= 500 } => failure with
            {
                Kind = FailureKind.BackendError,
                Message = failure.Answer,
            },
            KeyVerdict.Accepted when failure.Kind == FailureKind.WrongKey => failure with
            {
                Kind = FailureKind.NotPermitted,
                Message = $"{failure.Answer} {KeyAdvice.Extend(provider, exchange.Model)}",
            },
            KeyVerdict.Unclear when failure.Kind == FailureKind.WrongKey && provider.Key is KeySource.ClientBearer && !exchange.Credentials.HasSecret =>
                failure with { Message = $"{failure.Answer} {KeyAdvice.Give}" },
            KeyVerdict.Unclear when failure is { Kind: FailureKind.WrongKey, Answered: StatusCodes.Status403Forbidden } && exchange.Credentials.HasSecret =>
                failure with { Message = $"{failure.Answer} {KeyAdvice.ReplaceOrExtend(provider, exchange.Model)}" },
            KeyVerdict.Failing when failure.Answered >= 500 && BackendRegistry.For(provider.Dialect.Name).HidesRefusedKeys => failure with
            {
                Kind = FailureKind.BackendError,
                Message = $"{failure.Answer} {KeyAdvice.Suspect(provider)}",
            },
            _ => failure,
        };
    }

    private Failure WithNearest(Exchange exchange, Failure failure)
    {
        var others = ModelResolver.Nearest(directory.Current, exchange.Model).Where(n => n != exchange.Model).ToList();
        return others.Count == 0 ? failure : failure with { Message = $"{failure.Message} The nearest names are: {string.Join(", ", others)}." };
    }
}
