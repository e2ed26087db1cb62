namespace Codex.Agent.Approvals.Shell;

/// <summary>A here-document announced on a line; its lines follow after the end of that line.</summary>
/// <param name="FeedsShell">They are a script themselves.</param>
internal sealed record HereDocument(string Delimiter, bool StripsTabs, bool FeedsShell)
{
    /// <param name="at">Behind the <c>&lt;&lt;</c>; afterwards behind the delimiter.</param>
    public static HereDocument Read(string script, ref int at, bool feedsShell)
    {
        var stripsTabs = at < script.Length && script[at] == '-';
        if (stripsTabs)
            at++;
        while (at < script.Length && script[at] is ' ' or '\t')
            at++;
        var start = at;
        while (at < script.Length && script[at] is not (' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')'))
            at++;
        return new HereDocument(string.Concat(script[start..at].Where(c => c is not ('"' or '\'' or '\\'))), stripsTabs, feedsShell);
    }

    /// <returns>Where the script goes on.</returns>
    public int Skip(string script, int at, Action<string> scanBody)
    {
        var start = at;
        while (at < script.Length)
        {
            var end = script.IndexOf('\n', at);
            end = end < 0 ? script.Length : end;
            var line = script[at..end];
            if ((StripsTabs ? line.TrimStart('\t') : line) == Delimiter)
            {
                if (FeedsShell)
                    scanBody(script[start..at]);
                return end;
            }

            at = Math.Min(end + 1, script.Length);
        }

        // Not closed: the shell takes the rest for it too.
        if (FeedsShell)
            scanBody(script[start..]);
        return script.Length;
    }
}
