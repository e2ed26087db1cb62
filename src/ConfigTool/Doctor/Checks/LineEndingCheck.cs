namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Two kinds of line ends in one file, as careless tools leave them.</summary>
internal static class LineEndingCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        var text = examination.Document.Bytes.Span;
        var all = text.Count((byte)'\n');
        var windows = text.Count("\r\n"u8);
        if (windows > 0 && windows < all)
            yield return new("W07", $"{windows} of {all} lines end in CR LF, the others in LF", "let your editor make them alike");
    }
}
