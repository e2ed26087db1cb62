using System.Collections.Immutable;
using System.Text;
using Codex.Gateway.Logging;
using Codex.Translation.Translate;

namespace Codex.Gateway.Proxy;

/// <summary>The list of what could not be carried over, fit for a header and a log line.</summary>
internal static class LossReport
{
    private const int Longest = 1024;

    /// <summary>Paths joined by commas, or null when nothing was lost.</summary>
    public static string? Of(ImmutableArray<DroppedField> dropped)
    {
        if (dropped.IsDefaultOrEmpty)
            return null;
        var text = new StringBuilder();
        for (var i = 0; i < dropped.Length; i++)
        {
            var path = PlainText.ForHeader(dropped[i].Path);
            if (text.Length + path.Length + 1 > Longest)
                return text.Append(",+").Append(dropped.Length - i).ToString();
            if (i > 0)
                text.Append(',');
            text.Append(path);
        }

        return text.ToString();
    }
}
