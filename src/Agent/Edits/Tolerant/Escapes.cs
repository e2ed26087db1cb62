using System.Text;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>Characters a model escaped once too often: as in JSON, or as in HTML.</summary>
internal static class Escapes
{
    private static readonly (string Escaped, string Plain)[] Entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];

    public static bool AreIn(string text) => Undo(text) != text;

    public static string Undo(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            char? meant = text[i] == '\\' && i + 1 < text.Length
                ? text[i + 1] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '"' => '"', '\'' => '\'', '\\' => '\\', _ => null }
                : null;
            plain.Append(meant ?? text[i]);
            i += meant is null ? 0 : 1;
        }

        foreach (var (escaped, simple) in Entities)
            plain.Replace(escaped, simple);
        return plain.ToString();
    }
}
