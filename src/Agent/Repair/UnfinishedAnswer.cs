using System.Text.RegularExpressions;

namespace Codex.Agent.Repair;

/// <summary>Recognises an answer that announces a step and then stops, or says nothing: small models forget the call.</summary>
public static partial class UnfinishedAnswer
{
    public const string Nudge =
        "You announced a step but did not call a tool. If something is left to do, call the tool now. If the task is done, say in a sentence what was done.";

    /// <summary>Told to a model that wrote a patch into its answer: it may be meant to be applied, or only to be seen.</summary>
    public const string PatchNudge =
        "You wrote a patch as text, so nothing was changed yet. To apply it, call the edit tool, or write the same patch again, alone. If it was only meant to be shown, say so in one sentence without the patch.";

    private const int LongestAnnouncement = 600;

    public static bool Is(string answer)
    {
        var text = answer.Trim();
        if (text.Length == 0)
            return true;
        if (text.Length > LongestAnnouncement)
            return false;
        var sentence = LastSentence(text);
        return Announcement().IsMatch(sentence) && !sentence.EndsWith('?');
    }

    private static string LastSentence(string text)
    {
        var end = text.TrimEnd('.', ':', '!', '…', ' ', '\n');
        // A dot inside a word, as in config.ini, ends no sentence.
        var start = SentenceEnd().Matches(end) is { Count: > 0 } ends ? ends[^1].Index + 1 : 0;
        return text[start..].Trim();
    }

    [GeneratedRegex(@"\n|[.!?:](?=\s)", RegexOptions.None, 1000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^(ok(ay)?,?\s+)?(now,?\s+|first,?\s+|next,?\s+|then,?\s+|so,?\s+)*(let me|let's|i'll|i will|i am going to|i'm going to|i need to)\s+(now\s+|first\s+|next\s+)?(?!know\b|if\b|explain\b|be\b)\w+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Announcement();
}
