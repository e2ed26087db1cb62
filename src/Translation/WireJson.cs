using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Codex.Translation;

/// <summary>How this library writes JSON: compact, text of other scripts as it is (only what lies beyond 16 bits is escaped, as pairs), the same bytes for the same values.</summary>
public static class WireJson
{
    public static readonly JsonWriterOptions Options = new()
    {
        // Escaping every non-ASCII character would triple the bytes of most languages; nothing here ends up inside HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The value without the white space its sender wrote it with.</summary>
    internal static string Compact(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            value.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
