using System.Globalization;
using System.Text.RegularExpressions;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>The numbers a unified diff puts behind @@.</summary>
internal static partial class HunkNumbers
{
    /// <param name="behind">What follows the first @@.</param>
    /// <returns>The first old line, counted from 1; null when this is something else.</returns>
    public static int? OldStart(string behind) =>
        Form().Match(behind) is { Success: true } match && int.TryParse(match.Groups["old"].ValueSpan, CultureInfo.InvariantCulture, out var start) ? start : null;

    /// <returns>How many old and new lines the hunk says it has.</returns>
    public static (int Old, int New) Counts(string behind)
    {
        var match = Form().Match(behind);
        return (Count(match.Groups["olds"]), Count(match.Groups["news"]));
    }

    private static int Count(Group group) => group.Success && int.TryParse(group.ValueSpan, CultureInfo.InvariantCulture, out var count) ? count : 1;

    [GeneratedRegex(@"^\s*-(?<old>\d+)(,(?<olds>\d+))?\s+\+\d+(,(?<news>\d+))?\s*@@", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
