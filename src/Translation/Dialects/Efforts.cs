using System.Collections.Immutable;

namespace Codex.Translation.Dialects;

/// <summary>Effort forms that several dialects share.</summary>
internal static class Efforts
{
    /// <summary><c>reasoning_effort</c> with OpenAI's three words; finer ones go to the nearest.</summary>
    public static readonly EffortForm LowMediumHigh = new("reasoning_effort", Map(
        ("none", "low"), ("minimal", "low"), ("low", "low"), ("medium", "medium"), ("high", "high"), ("xhigh", "high"), ("max", "high"), ("ultra", "high")),
        PassOthers: false);

    /// <summary><c>reasoning_effort</c> with any word.</summary>
    public static readonly EffortForm AnyWord = new("reasoning_effort", ImmutableDictionary<string, string>.Empty, PassOthers: true);

    /// <summary><c>thinking: {"type": …}</c>: only on and off.</summary>
    public static readonly EffortForm ThinkingType = new("thinking", ImmutableDictionary<string, string>.Empty, PassOthers: false)
    {
        Switches = OnOff("thinking", """{"type":"enabled"}""", """{"type":"disabled"}"""),
    };

    /// <summary><c>enable_thinking</c> at the top level: only on and off.</summary>
    public static readonly EffortForm EnableThinking = new("enable_thinking", ImmutableDictionary<string, string>.Empty, PassOthers: false)
    {
        Switches = OnOff("enable_thinking", "true", "false"),
    };

    public static ImmutableDictionary<string, string> Map(params (string From, string To)[] words) =>
        words.ToImmutableDictionary(w => w.From, w => w.To);

    /// <summary>Raw JSON for the words that mean "think" and those that mean "do not".</summary>
    public static ImmutableDictionary<string, ImmutableArray<KeyValuePair<string, string>>> OnOff(string field, string on, string off)
    {
        var switches = ImmutableDictionary.CreateBuilder<string, ImmutableArray<KeyValuePair<string, string>>>();
        foreach (var word in (ReadOnlySpan<string>)["low", "medium", "high", "xhigh", "max", "ultra"])
            switches[word] = [new(field, on)];
        foreach (var word in (ReadOnlySpan<string>)["none", "minimal"])
            switches[word] = [new(field, off)];
        return switches.ToImmutable();
    }
}
