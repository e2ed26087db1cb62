using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Codex.Translation.Text;

/// <summary>Calls whose arguments stand in tags of their own, one each.</summary>
internal static class TaggedArguments
{
    public static readonly string[] InvokeMarkers = ["<invoke name="];

    private const string CloseInvoke = "</invoke>";

    /// <summary><c>&lt;invoke name="x"&gt;&lt;parameter name="a"&gt;1&lt;/parameter&gt;&lt;/invoke&gt;</c></summary>
    public static LeakedText ReadInvoke(string text, bool atEnd)
    {
        var nameEnd = text.IndexOf('>', StringComparison.Ordinal);
        var close = text.IndexOf(CloseInvoke, StringComparison.Ordinal);
        if (close < 0 && !atEnd)
            return new LeakedText.NeedsMore();
        // Without its end nobody knows whether the last argument is whole.
        if (close < 0 || nameEnd < 0 || nameEnd > close)
            return new LeakedText.NoCall();
        var name = text[InvokeMarkers[0].Length..nameEnd].Trim().Trim('"', '\'');
        var arguments = Write(text.AsSpan(nameEnd + 1, close - nameEnd - 1).Trim(), "<parameter name=", ">", "</parameter>");
        return arguments is null ? new LeakedText.NoCall() : new LeakedText.Calls([new ContentPiece.Call(name, arguments)], close + CloseInvoke.Length);
    }

    /// <summary><c>name&lt;arg_key&gt;a&lt;/arg_key&gt;&lt;arg_value&gt;1&lt;/arg_value&gt;</c>; null for anything else.</summary>
    public static ContentPiece.Call? ReadPairs(string body)
    {
        const string Key = "<arg_key>";
        var first = body.IndexOf(Key, StringComparison.Ordinal);
        if (first <= 0 || body[..first].Trim() is not { Length: > 0 } name || name.Contains('{', StringComparison.Ordinal))
            return null;
        return Write(body.AsSpan(first).Trim(), Key, "</arg_key>", "</arg_value>", "<arg_value>") is { } arguments ? new ContentPiece.Call(name, arguments) : null;
    }

    /// <summary>An object of <c>open NAME nameEnd [between] VALUE close</c>, over and over; null when something else stands there.</summary>
    private static string? Write(ReadOnlySpan<char> rest, string open, string nameEnd, string close, string between = "")
    {
        var buffer = new ArrayBufferWriter<byte>(rest.Length + 16);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(close, StringComparison.Ordinal);
                var name = rest.IndexOf(nameEnd, StringComparison.Ordinal);
                if (!rest.StartsWith(open, StringComparison.Ordinal) || name < 0 || end < name)
                    return null;
                var value = rest[(name + nameEnd.Length)..end];
                if (between.Length > 0)
                {
                    value = value.TrimStart();
                    if (!value.StartsWith(between, StringComparison.Ordinal))
                        return null;
                    value = value[between.Length..];
                }

                FunctionTagText.WriteField(writer, rest[open.Length..name].Trim().Trim("\"'").ToString(), value);
                rest = rest[(end + close.Length)..].TrimStart();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
