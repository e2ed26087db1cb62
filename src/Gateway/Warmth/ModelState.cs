namespace Codex.Gateway.Warmth;

/// <summary>A model as one provider has it.</summary>
/// <param name="Model">The backend's own name.</param>
public readonly record struct ModelKey(string Provider, string Model);

/// <summary>Whether a model can answer at once, as far as is known.</summary>
public abstract record ModelState
{
    private ModelState()
    {
    }

    /// <summary>One word, as clients and metrics see it.</summary>
    public string Word => this switch
    {
        Unknown => "unknown",
        Cold => "cold",
        Warming => "warming",
        Warm => "warm",
        Failed => "failed",
        _ => throw new NotSupportedException(GetType().Name),
    };

    /// <summary>Nothing was heard of it lately.</summary>
    public sealed record Unknown : ModelState
    {
        public static readonly Unknown Instance = new();
    }

    /// <param name="Sign">What told so, in a sentence.</param>
    public sealed record Cold(string Sign) : ModelState;

    /// <param name="Elapsed">Since the warm-up began.</param>
    /// <param name="Sign">The last that told that it is not there yet, in a sentence.</param>
    /// <param name="Waiting">Requests that wait for it.</param>
    public sealed record Warming(TimeSpan Elapsed, string Sign, int Waiting) : ModelState;

    public sealed record Warm : ModelState
    {
        public static readonly Warm Instance = new();
    }

    /// <param name="Reason">Of the last warm-up, in a sentence.</param>
    public sealed record Failed(string Reason) : ModelState;
}

/// <summary>One model at one moment, for metrics and lists.</summary>
/// <param name="WarmUps">Begun so far.</param>
/// <param name="ColdTime">Spent in warm-ups so far, the present one included.</param>
public sealed record ModelReport(ModelKey Key, ModelState State, int WarmUps, TimeSpan ColdTime);
