namespace Codex.Contract.Tests.Providers;

/// <summary>One thing a provider must be able to do for Codex, asked through the gateway.</summary>
/// <param name="Name">A sentence of which the provider is the subject.</param>
/// <param name="Meaning">What it means for Codex when it fails; shown in the scorecard.</param>
/// <param name="Request">A Responses request without <c>model</c> and <c>stream</c>, which the run adds.</param>
/// <param name="Check">Judges the last answer; asked only after the form of the answer was found right.</param>
public sealed record ProviderCase(string Name, string Meaning, string Request, Func<CaseAnswer, Outcome> Check)
{
    public bool Streams { get; init; } = true;

    public CaseWay Way { get; init; } = CaseWay.Once;

    /// <summary>A second request, made of the answer to the first.</summary>
    public FollowUp? Then { get; init; }

    /// <summary>Asked for in place of the provider's model.</summary>
    public string? Model { get; init; }

    public bool WithWrongKey { get; init; }

    /// <summary>Why the case does not arise, or null when it does.</summary>
    public Func<ProviderFacts, string?> NotFor { get; init; } = _ => null;

    /// <summary>Changes the request by what is known of the provider.</summary>
    public Func<ProviderFacts, string>? RequestFor { get; init; }

    public string RequestTo(ProviderFacts facts) => RequestFor?.Invoke(facts) ?? Request;

    public override string ToString() => Name;
}

/// <param name="Check">Judges the first answer; the second request is made when it passes, else this is the outcome.</param>
/// <param name="Request">In the form of <see cref="ProviderCase.Request"/>.</param>
public sealed record FollowUp(Func<CaseAnswer, Outcome> Check, Func<CaseAnswer, string> Request);

public enum CaseWay
{
    Once,

    /// <summary>Twice at the same time; both answers are judged.</summary>
    Together,

    /// <summary>Once, left at the first event; then again and judged.</summary>
    AfterLeaving,
}
