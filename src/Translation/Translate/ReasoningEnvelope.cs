using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Codex.Translation.Translate;

/// <summary>
/// What stands in <c>encrypted_content</c> of our reasoning and compaction items: not encrypted, but opaque to the
/// client and recognisable to us, so that it survives a round trip and a foreign one is never sent upstream
/// (symptom 43).
/// </summary>
public static class ReasoningEnvelope
{
    private const string Prefix = "codexgw1.";

    /// <param name="details">Raw JSON entries of <c>reasoning_details</c>, without brackets.</param>
    public static string Seal(string text, string? details)
    {
        var buffer = new ArrayBufferWriter<byte>(text.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("text"u8, text);
            if (details is not null)
            {
                writer.WritePropertyName("details"u8);
                writer.WriteRawValue("[" + details + "]", skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return Prefix + Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <returns>False for anything that is not our envelope, whole and unchanged.</returns>
    public static bool TryOpen(string? sealedContent, out string text, out string? details)
    {
        text = "";
        details = null;
        if (sealedContent is null || !sealedContent.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        try
        {
            var bytes = Base64Url.DecodeFromChars(sealedContent.AsSpan(Prefix.Length));
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("text"u8, out var found)
                || found.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            text = found.GetString()!;
            if (document.RootElement.TryGetProperty("details"u8, out var list) && list.ValueKind == JsonValueKind.Array)
                details = list.GetRawText();
            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException or DecoderFallbackException or InvalidOperationException)
        {
            return false;
        }
    }
}
