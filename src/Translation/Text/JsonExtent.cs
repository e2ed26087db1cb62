namespace Codex.Translation.Text;

/// <summary>Finds where a JSON object or list at the start of a text ends.</summary>
internal static class JsonExtent
{
    /// <returns>The length of the value, or -1 when it is not closed or the text does not begin with one.</returns>
    public static int End(ReadOnlySpan<char> text)
    {
        var depth = 0;
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (inString)
            {
                if (c == '\\')
                    i++;
                else if (c == '"')
                    inString = false;
            }
            else if (c == '"')
            {
                inString = true;
            }
            else if (c is '{' or '[')
            {
                depth++;
            }
            else if (c is '}' or ']' && --depth == 0)
            {
                return i + 1;
            }

            if (depth <= 0)
                return -1;
        }

        return -1;
    }
}
