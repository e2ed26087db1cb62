namespace Codex.Toml.Text;

/// <summary>How lines end.</summary>
public enum LineEnding
{
    LineFeed,
    CarriageReturnLineFeed,
}

internal static class LineEndings
{
    /// <summary>What most lines of the text end with; the line feed when there are none or as many of each.</summary>
    public static LineEnding Majority(ReadOnlySpan<byte> text)
    {
        int feeds = 0, pairs = 0;
        for (var at = text.IndexOf((byte)'\n'); at >= 0;)
        {
            if (at > 0 && text[at - 1] == (byte)'\r')
                pairs++;
            else
                feeds++;
            text = text[(at + 1)..];
            at = text.IndexOf((byte)'\n');
        }

        return pairs > feeds ? LineEnding.CarriageReturnLineFeed : LineEnding.LineFeed;
    }

    public static string Text(this LineEnding ending) => ending == LineEnding.LineFeed ? "\n" : "\r\n";
}
