using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Codex.Agent.CustomPrompts;

/// <summary>Puts arguments into a custom prompt, in the words of Codex where something is missing.</summary>
public abstract partial record PromptExpansion
{
    private const string AllArguments = "ARGUMENTS";

    private PromptExpansion()
    {
    }

    public sealed record Ready(string Text) : PromptExpansion;

    /// <param name="Reason">For the user.</param>
    public sealed record Refused(string Reason) : PromptExpansion;

    /// <summary>
    /// A prompt with names such as <c>$FILE</c> wants <c>FILE=value</c> for each; any other takes its words as
    /// <c>$1</c> to <c>$9</c> and <c>$ARGUMENTS</c>. <c>$$</c> is a dollar sign.
    /// </summary>
    /// <param name="arguments">Everything after the name, as typed.</param>
    public static PromptExpansion Expand(CustomPrompt prompt, string arguments)
    {
        var names = Placeholder().Matches(prompt.Body)
            .Select(m => m.Groups["name"].Value)
            .Where(n => n.Length > 0 && n != AllArguments)
            .Distinct(StringComparer.Ordinal)
            .ToImmutableArray();
        if (ArgumentWords.Split(arguments) is not { } words)
            return new Refused($"Could not parse /prompts:{prompt.Name}: a quote is not closed.");
        return names.IsEmpty ? new Ready(WithWords(prompt.Body, words)) : WithNames(prompt, names, words);
    }

    private static string WithWords(string body, ImmutableArray<string> words) => Placeholder().Replace(body, match =>
    {
        if (match.Value == "$$")
            return "$";
        if (match.Groups["digit"] is { Success: true, ValueSpan: var digit })
            return words.ElementAtOrDefault(digit[0] - '1') ?? "";
        return match.Groups["name"].Value == AllArguments ? string.Join(' ', words) : match.Value;
    });

    private static PromptExpansion WithNames(CustomPrompt prompt, ImmutableArray<string> names, ImmutableArray<string> words)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var equals = word.IndexOf('=');
            if (equals <= 0)
                return new Refused($"Could not parse /prompts:{prompt.Name}: expected key=value but found '{word}'. Wrap values in double quotes if they contain spaces.");
            values[word[..equals]] = word[(equals + 1)..];
        }

        var missing = names.Where(n => !values.ContainsKey(n)).ToList();
        if (missing.Count > 0)
            return new Refused($"Missing required args for /prompts:{prompt.Name}: {string.Join(", ", missing)}. Provide as key=value (quote values with spaces).");
        return new Ready(Placeholder().Replace(prompt.Body, match =>
            match.Value == "$$" ? "$" : values.GetValueOrDefault(match.Groups["name"].Value) ?? match.Value));
    }

    [GeneratedRegex(@"\$\$|\$(?<digit>[1-9])|\$(?<name>[A-Z][A-Z0-9_]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
