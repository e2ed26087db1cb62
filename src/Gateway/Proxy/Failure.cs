namespace Codex.Gateway.Proxy;

/// <summary>Why a request got no answer from a model. <see cref="ErrorPolicy"/> decides what each client hears of it.</summary>
/// <param name="Status">The true HTTP status: the backend's own, or ours where no backend spoke.</param>
/// <param name="Message">For a person: names the provider and the next step, holds no key.</param>
public sealed record Failure(FailureKind Kind, int Status, string Message)
{
    /// <summary>The more exact error code, where the backend or the fault named one.</summary>
    public string? Code { get; init; }

    /// <summary>The field of the request that is meant.</summary>
    public string? Param { get; init; }

    /// <summary>In a few words, for the list of what was tried; null when no backend was asked.</summary>
    public string? Cause { get; init; }

    /// <summary>What the backend answered, as a sentence without advice; empty where it did not speak.</summary>
    public string Answer { get; init; } = "";

    /// <summary>The backend's own HTTP status; null where it did not answer, or named its error in a successful answer.</summary>
    public int? Answered { get; init; }

    /// <summary>How long the backend asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Who is to blame, and for what.</summary>
public enum FailureKind
{
    /// <summary>The client: the request cannot be served as it is.</summary>
    InvalidRequest,

    /// <summary>The client: nobody offers the model.</summary>
    UnknownModel,

    /// <summary>The client: the conversation is longer than the model can take.</summary>
    ContextTooLong,

    /// <summary>Whoever holds the key: the backend refuses it, or it is not set.</summary>
    WrongKey,

    /// <summary>Whoever holds the key: it is good, but not for this.</summary>
    NotPermitted,

    /// <summary>Whoever pays: no credit or quota left.</summary>
    NoQuota,

    /// <summary>Nobody: too many requests for now.</summary>
    RateLimited,

    /// <summary>Nobody: the model is still being loaded.</summary>
    Cold,

    /// <summary>The backend: it failed, or answered what is no answer.</summary>
    BackendError,

    /// <summary>Whoever set the provider's address: something answers there, but not the backend.</summary>
    Misdirected,

    /// <summary>The backend or the way to it: no connection.</summary>
    Unreachable,

    /// <summary>The backend: it let us wait too long.</summary>
    TimedOut,

    /// <summary>This program: it is being stopped.</summary>
    Stopping,

    /// <summary>This program.</summary>
    Internal,
}
