using System.Text.RegularExpressions;
using Codex.Agent.Edits;

namespace Codex.Agent.Repair;

/// <summary>Finds the whole patch with which an answer ends, as small models write it where they should call a tool.</summary>
public static partial class AnswerPatch
{
    /// <summary>Null when there is none, or one that may have been cut.</summary>
    public static string? Find(string answer)
    {
        if (Fence().Match(answer.TrimEnd()) is { Success: true } fence)
            return IsPatch(fence.Groups["body"].Value) ? fence.Groups["body"].Value + "\n" : null;
        var begin = answer.LastIndexOf(PatchMarker.Begin, StringComparison.Ordinal);
        return begin >= 0 && IsPatch(answer[begin..].TrimEnd()) ? answer[begin..].TrimEnd() + "\n" : null;
    }

    private static bool IsPatch(string body) =>
        (body.StartsWith(PatchMarker.Begin, StringComparison.Ordinal) && body.EndsWith("\n" + PatchMarker.End, StringComparison.Ordinal))
        || (body.StartsWith("--- ", StringComparison.Ordinal) && body.Contains("\n+++ ", StringComparison.Ordinal) && body.Contains("\n@@", StringComparison.Ordinal));

    [GeneratedRegex(@"(^|\n)```\w*[ \t]*\n(?<body>((?!```).|\n)*?)\n?```$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}
