using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Agent.Approvals.Rules;

/// <summary>The administrator's rules, <c>rules.prefix_rules</c> of requirements.toml. They only ever ask or forbid.</summary>
public static class RequirementRules
{
    /// <param name="rules">An array of <c>{pattern = [{token = "rm"}, {any_of = ["-rf", "-fr"]}], decision, justification}</c>.</param>
    /// <param name="source">The file, for faults.</param>
    public static (ImmutableArray<PrefixRule> Rules, ImmutableArray<RuleFault> Faults) Read(JsonElement rules, string source)
    {
        var read = ImmutableArray.CreateBuilder<PrefixRule>();
        var faults = ImmutableArray.CreateBuilder<RuleFault>();
        var number = 0;
        foreach (var entry in rules.ValueKind == JsonValueKind.Array ? rules.EnumerateArray().ToArray() : [])
        {
            number++;
            if (Rule(entry) is { } rule)
                read.Add(rule);
            else
                faults.Add(new RuleFault(source, 0, $"rules.prefix_rules: entry {number} needs a pattern of {{token}} or {{any_of}} and the decision prompt or forbidden"));
        }

        return (read.ToImmutable(), faults.ToImmutable());
    }

    private static PrefixRule? Rule(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("pattern", out var pattern) || pattern.ValueKind != JsonValueKind.Array)
            return null;
        var words = pattern.EnumerateArray().Select(Choice).ToImmutableArray();
        RuleDecision? decision = Text(entry, "decision") switch
        {
            "prompt" => RuleDecision.Prompt,
            "forbidden" => RuleDecision.Forbidden,
            _ => null,
        };
        return decision is { } known && !words.IsEmpty && words.All(w => !w.IsEmpty) ? new PrefixRule(words, known, Text(entry, "justification")) : null;
    }

    private static ImmutableArray<string> Choice(JsonElement word)
    {
        if (word.ValueKind != JsonValueKind.Object)
            return [];
        if (Text(word, "token") is { } token)
            return [token];
        return word.TryGetProperty("any_of", out var any) && any.ValueKind == JsonValueKind.Array
            && any.EnumerateArray().All(a => a.ValueKind == JsonValueKind.String)
            ? [.. any.EnumerateArray().Select(a => a.GetString()!)]
            : [];
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
