using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace Codex.Translation.Text;

/// <summary>Finds every piece of a key that is long enough to be no accident, also where the key is encoded.</summary>
internal sealed class KeyFragments
{
    private readonly int _length;
    private readonly HashSet<string> _pieces = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="length">Characters of the shortest piece that is found.</param>
    public KeyFragments(IEnumerable<Secret> secrets, int length)
    {
        _length = length;
        foreach (var secret in secrets)
        {
            // A piece that is mostly prefix may stand in advice about keys; two characters beyond it may not.
            var prefix = secret.Value[..secret.PublicPrefix];
            var from = Math.Clamp(prefix.Length + 2 - length, 0, secret.Value.Length - length);
            AddPieces(secret.Value, from);
            foreach (var form in Forms(secret.Value))
                AddPieces(form, form.StartsWith(prefix, StringComparison.Ordinal) ? from : 0);
        }
    }

    /// <summary>Marks the characters of <paramref name="text"/> that belong to a piece.</summary>
    public void Hide(string text, Span<bool> hidden)
    {
        var pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i + _length <= text.Length; i++)
        {
            if (pieces.Contains(text.AsSpan(i, _length)))
                hidden.Slice(i, _length).Fill(true);
        }
    }

    private void AddPieces(string form, int from)
    {
        for (var i = from; i + _length <= form.Length; i++)
            _pieces.Add(form.Substring(i, _length));
    }

    private static IEnumerable<string> Forms(string key)
    {
        yield return Uri.EscapeDataString(key);
        yield return WebUtility.UrlEncode(key);
        // Some encode signs that need not be.
        yield return string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : string.Concat(Encoding.UTF8.GetBytes([c]).Select(b => $"%{b:X2}"))));
        yield return WebUtility.HtmlEncode(key);
        yield return JavaScriptEncoder.Default.Encode(key);
        yield return key.Replace("/", "\\/", StringComparison.Ordinal);
        yield return Convert.ToHexString(Encoding.UTF8.GetBytes(key));
        // Base64 looks different after one or two other bytes, as in "Bearer KEY" or "user:KEY".
        for (var before = 0; before < 3; before++)
        {
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + key)).TrimEnd('=');
            // The characters at both ends hold bits of the neighbours too.
            var own = base64[(before == 0 ? 0 : before + 1)..^1];
            yield return own;
            yield return own.Replace('+', '-').Replace('/', '_');
        }
    }
}
