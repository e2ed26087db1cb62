using Codex.Agent.Models.Dialects;

namespace Codex.Agent.Models;

/// <summary>Makes a profile of what the user, the server and the family say, in this order.</summary>
public static class ModelProfiles
{
    /// <summary>From here on there is room for the long instructions and all tools.</summary>
    public const int RoomForFull = 64 * 1024;

    /// <summary>A guard against a model that never ends.</summary>
    private const int MostCalls = 1000;

    /// <summary>With little room a model that has not ended by then has lost its way.</summary>
    private const int MostCallsOfSmall = 200;

    public static ModelProfile Resolve(string slug, ModelMetadata? metadata, ModelOverrides overrides)
    {
        var family = ModelFamily.Of(slug);
        var window = overrides.Window ?? metadata?.Window;
        return new ModelProfile(slug, window ?? ModelProfile.AssumedWindow)
        {
            WindowIsAssumed = window is null,
            MaxOutput = metadata?.MaxOutput,
            Edits = overrides.Edits ?? family.Edits,
            CallsAsText = overrides.CallsAsText ?? family.CallsAsText,
            CallsInParallel = overrides.CallsInParallel ?? family.CallsInParallel,
            Prompt = overrides.Prompt ?? (window >= RoomForFull ? PromptSize.Full : PromptSize.Mini),
            ReasoningEffort = overrides.ReasoningEffort ?? metadata?.DefaultEffort,
            // Codex's rule: many servers refuse a field they do not know.
            Verbosity = metadata?.TakesVerbosity == true ? overrides.Verbosity : null,
            TakesImages = metadata?.TakesImages ?? false,
            CompactLimit = overrides.CompactLimit,
            MostCallsPerTurn = overrides.MostCallsPerTurn ?? (window >= RoomForFull ? MostCalls : MostCallsOfSmall),
        };
    }
}

/// <summary>What the configuration says of the model in use; null leaves it to the others.</summary>
public sealed record ModelOverrides
{
    public int? Window { get; init; }

    public int? CompactLimit { get; init; }

    public string? ReasoningEffort { get; init; }

    public string? Verbosity { get; init; }

    public PromptSize? Prompt { get; init; }

    public bool? CallsAsText { get; init; }

    public bool? CallsInParallel { get; init; }

    public EditStyle? Edits { get; init; }

    public int? MostCallsPerTurn { get; init; }
}
