using System.Collections.Immutable;

namespace Codex.Agent.Models.Dialects;

/// <summary>What models of one family do well, known by their names.</summary>
/// <param name="Mark">Part of the name, in lower case.</param>
public sealed record ModelFamily(string Mark, EditStyle Edits, bool CallsInParallel)
{
    public bool CallsAsText { get; init; }

    /// <summary>The first that fits counts: the more exact stand above the general.</summary>
    public static readonly ImmutableArray<ModelFamily> All =
    [
        new("gpt-oss", EditStyle.Replace, CallsInParallel: false),
        new("gpt-", EditStyle.Patch, CallsInParallel: true),
        new("codex", EditStyle.Patch, CallsInParallel: true),
        new("qwen3-coder", EditStyle.Replace, CallsInParallel: true),
        new("qwen", EditStyle.Replace, CallsInParallel: false),
        new("deepseek", EditStyle.Replace, CallsInParallel: true),
        new("kimi", EditStyle.Replace, CallsInParallel: true),
        new("glm", EditStyle.Replace, CallsInParallel: true),
        new("minimax", EditStyle.Replace, CallsInParallel: true),
        new("devstral", EditStyle.Replace, CallsInParallel: false),
        new("mistral", EditStyle.Replace, CallsInParallel: false),
        new("llama", EditStyle.Replace, CallsInParallel: false),
        new("gemma", EditStyle.Whole, CallsInParallel: false) { CallsAsText = true },
        new("phi", EditStyle.Whole, CallsInParallel: false) { CallsAsText = true },
    ];

    /// <summary>For everything else: what hardly any model gets wrong.</summary>
    public static readonly ModelFamily Unknown = new("", EditStyle.Replace, CallsInParallel: false);

    public static ModelFamily Of(string slug)
    {
        // The part before the last slash names who serves it, not what it is.
        var name = slug[(slug.LastIndexOf('/') + 1)..].ToLowerInvariant();
        return All.FirstOrDefault(f => name.Contains(f.Mark, StringComparison.Ordinal)) ?? Unknown;
    }
}
