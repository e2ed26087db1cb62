using System.Globalization;
using System.Text;

namespace Codex.Toml.Values;

/// <summary>Spells values on one line.</summary>
public static class ValueWriter
{
    public static string Write(TomlValue value, TomlVersion version = TomlVersion.V1_1)
    {
        var text = new StringBuilder();
        Append(text, value, version);
        return text.ToString();
    }

    /// <summary>
    /// A basic string, so that no Windows path and no quote needs thought. Control characters (C0, DEL, C1) and the line and paragraph
    /// separators are escaped; everything else stands as it is.
    /// </summary>
    public static string WriteString(string value, TomlVersion version = TomlVersion.V1_1)
    {
        var text = new StringBuilder(value.Length + 2);
        AppendString(text, value, version);
        return text.ToString();
    }

    private static void Append(StringBuilder text, TomlValue value, TomlVersion version)
    {
        switch (value)
        {
            case TomlValue.String s:
                AppendString(text, s.Value, version);
                break;
            case TomlValue.Integer i:
                text.Append(i.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case TomlValue.Float f:
                text.Append(FloatText(f.Value));
                break;
            case TomlValue.Boolean b:
                text.Append(b.Value ? "true" : "false");
                break;
            case TomlValue.DateTime d:
                text.Append(d.Text);
                break;
            case TomlValue.Array a:
                AppendAll(text, '[', a.Items, ']', item => Append(text, item, version));
                break;
            case TomlValue.Table t when t.Pairs.IsEmpty:
                text.Append("{}");
                break;
            case TomlValue.Table t:
                text.Append("{ ");
                AppendAll(text, null, t.Pairs, null, pair =>
                {
                    text.Append(KeyWriter.Write(pair.Key, version)).Append(" = ");
                    Append(text, pair.Value, version);
                });
                text.Append(" }");
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char? open, IEnumerable<T> items, char? close, Action<T> append)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            text.Append(first ? "" : ", ");
            append(item);
            first = false;
        }

        text.Append(close);
    }

    private static string FloatText(double value)
    {
        if (double.IsNaN(value))
            return double.IsNegative(value) ? "-nan" : "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static void AppendString(StringBuilder text, string value, TomlVersion version)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\e' when version == TomlVersion.V1_1:
                    text.Append("\\e");
                    break;
                case < ' ' or (>= '\x7F' and < '\xA0') or '\u2028' or '\u2029' or '\uFEFF':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
