using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Agent.Approvals.Rules;

/// <summary>What <c>execpolicy check</c> prints: the rules that matched and the strictest of their decisions.</summary>
internal static class RuleMatchJson
{
    public static void Write(Utf8JsonWriter writer, ImmutableArray<RuleMatch> matches)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("matchedRules"u8);
        foreach (var match in matches)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("prefixRuleMatch"u8);
            writer.WriteStartArray("matchedPrefix"u8);
            foreach (var word in match.Prefix)
                writer.WriteStringValue(word);
            writer.WriteEndArray();
            writer.WriteString("decision"u8, Name(match.Decision));
            if (match.ResolvedProgram is { } program)
                writer.WriteString("resolvedProgram"u8, program);
            if (match.Justification is { } justification)
                writer.WriteString("justification"u8, justification);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (CommandRules.Strictest(matches) is { } decision)
            writer.WriteString("decision"u8, Name(decision));
        writer.WriteEndObject();
    }

    private static string Name(RuleDecision decision) => decision switch
    {
        RuleDecision.Allow => "allow",
        RuleDecision.Prompt => "prompt",
        RuleDecision.Forbidden => "forbidden",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, message: null),
    };
}
