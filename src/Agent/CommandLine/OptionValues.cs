using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Codex.Agent.CommandLine;

/// <summary>What options take: said when it is something else, and offered to shells.</summary>
internal static class OptionValues
{
    /// <summary>One of a few words; any other is refused by name.</summary>
    public static void OneOf(this Option<string?> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result => Check(result, option.Name, words));
    }

    /// <summary>One of a few words; any other is refused by name.</summary>
    public static void OneOf(this Argument<string> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => Check(result, $"<{argument.HelpName ?? argument.Name}>", words));
    }

    /// <summary>Words found when a shell asks; the argument takes others too.</summary>
    public static void Offer<T>(this Argument<T> argument, Func<IEnumerable<string>> words)
    {
        // Help would show the words for the name.
        argument.HelpName = argument.Name;
        argument.CompletionSources.Add(_ => words().Select(w => new CompletionItem(w)));
    }

    /// <summary>Words found when a shell asks; the option takes others too.</summary>
    public static void Offer<T>(this Option<T> option, Func<IEnumerable<string>> words) =>
        option.CompletionSources.Add(_ => words().Select(w => new CompletionItem(w)));

    private static void Check(SymbolResult result, string name, string[] words)
    {
        if (result.Tokens is [var token, ..] && !words.Contains(token.Value, StringComparer.Ordinal))
            result.AddError($"{name} takes {string.Join(", ", words[..^1])} or {words[^1]}, not '{token.Value}'.");
    }
}
