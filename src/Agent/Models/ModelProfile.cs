namespace Codex.Agent.Models;

/// <summary>What is known of the model, and what follows from it for the way it is asked.</summary>
/// <param name="Slug">As the server names it.</param>
/// <param name="Window">Tokens, prompt and answer together.</param>
public sealed record ModelProfile(string Slug, int Window)
{
    /// <summary>Stands in when neither server nor configuration tells: small enough to be true nearly everywhere.</summary>
    public const int AssumedWindow = 8192;

    /// <summary>Nobody told the window; the user is told that.</summary>
    public bool WindowIsAssumed { get; init; }

    /// <summary>Tokens of one answer; null when the model stops by itself.</summary>
    public int? MaxOutput { get; init; }

    public EditStyle Edits { get; init; } = EditStyle.Replace;

    /// <summary>The model writes its calls as text: the way to do so is told in the instructions.</summary>
    public bool CallsAsText { get; init; }

    public bool CallsInParallel { get; init; }

    public PromptSize Prompt { get; init; } = PromptSize.Mini;

    /// <summary>Sent as it is; null sends none.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>low, medium, high; null sends none.</summary>
    public string? Verbosity { get; init; }

    public bool TakesImages { get; init; }

    /// <summary>Tokens the model is shown of one output: a fixed amount, or a share of a small window.</summary>
    public int OutputLimit => Math.Min(10_000, Window * 15 / 100);

    /// <summary>Tokens of context from which old outputs are dropped.</summary>
    public int PruneAt => Window * 60 / 100;

    /// <summary>Tokens of context from which the conversation is summarised.</summary>
    public int CompactAt => CompactLimit is { } limit && limit < Window * 90 / 100 ? limit : Window * 80 / 100;

    /// <summary>The user's own limit, <c>model_auto_compact_token_limit</c>.</summary>
    public int? CompactLimit { get; init; }

    /// <summary>Calls after which a turn is ended, whatever they were.</summary>
    public int MostCallsPerTurn { get; init; } = 1000;
}

/// <summary>How the model changes files best.</summary>
public enum EditStyle
{
    /// <summary>A patch in Codex's format.</summary>
    Patch,

    /// <summary>Old text and new text.</summary>
    Replace,

    /// <summary>Whole files only.</summary>
    Whole,
}

public enum PromptSize
{
    /// <summary>At most 3,000 tokens, tools included.</summary>
    Mini,

    /// <summary>At most 8,000 tokens, tools included.</summary>
    Full,
}
