using System.CommandLine;
using System.CommandLine.Parsing;

namespace Codex.Agent.CommandLine;

/// <summary>
/// Finds an option that nobody knows and that was therefore taken for a prompt, a name or a program: a slip of the pen
/// must not be sent to a model.
/// </summary>
internal static class StrayOption
{
    /// <param name="args">As they were parsed. What stands behind <c>--</c> is never an option.</param>
    /// <returns>The word; null when there is none.</returns>
    public static string? Find(ParseResult parsed, IEnumerable<string> args)
    {
        var before = args.TakeWhile(a => a != "--").ToHashSet(StringComparer.Ordinal);
        return parsed.CommandResult.Children.OfType<ArgumentResult>()
            .Where(a => a.Argument.Name != ApplyPatchCommand.ArgumentName)
            .Select(a => a.Tokens is [var first, ..] ? first.Value : "")
            .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && before.Contains(word));
    }
}
