using System.Globalization;
using System.Text;

namespace Codex.Translation.Chat;

/// <summary>
/// Backends that cut text by token can cut a surrogate pair and send half of it as an escape, <c>"\ud83d"</c>.
/// Half a pair is no text, so it is replaced by the replacement character.
/// </summary>
internal static class LoneSurrogates
{
    public static string Replace(string json)
    {
        var result = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\' || i + 1 >= json.Length)
            {
                result.Append(json[i]);
                continue;
            }

            if (!TryReadEscape(json, i, out var unit))
            {
                result.Append(json[i]).Append(json[++i]);
                continue;
            }

            var paired = char.IsHighSurrogate(unit) && TryReadEscape(json, i + 6, out var low) && char.IsLowSurrogate(low);
            if (paired)
                result.Append(json, i, 12);
            else if (char.IsSurrogate(unit))
                result.Append("\\ufffd");
            else
                result.Append(json, i, 6);
            i += paired ? 11 : 5;
        }

        return result.ToString();
    }

    private static bool TryReadEscape(string json, int at, out char unit)
    {
        unit = default;
        if (at + 6 > json.Length || json[at] != '\\' || json[at + 1] != 'u')
            return false;
        if (!ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        unit = (char)value;
        return true;
    }
}
