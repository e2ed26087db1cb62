namespace Codex.Agent.Approvals.Shell;

/// <summary>What stands in <c>$( )</c> or between backticks.</summary>
internal static class Substitution
{
    /// <param name="at">On the opening character; afterwards on the closing one, or on the last of the script.</param>
    public static string Read(string script, ref int at)
    {
        if (script[at] == '`')
        {
            var start = at + 1;
            for (at++; at < script.Length && script[at] != '`'; at++)
            {
                if (script[at] == '\\')
                    at++;
            }

            at = Math.Min(at, script.Length);
            var body = script[Math.Min(start, at)..at].Replace("\\`", "`", StringComparison.Ordinal);
            at = Math.Min(at, script.Length - 1);
            return body;
        }

        var open = at + 2;
        at = Close(script, open);
        var inside = script[open..at];
        at = Math.Min(at, script.Length - 1);
        return inside;
    }

    private static int Close(string script, int at)
    {
        var depth = 1;
        for (; at < script.Length; at++)
        {
            switch (script[at])
            {
                case '\\':
                    at++;
                    break;
                case '\'':
                    var end = script.IndexOf('\'', at + 1);
                    at = end < 0 ? at : end;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return at;
            }
        }

        return script.Length;
    }
}
