using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Codex.Gateway.Providers;
using Codex.Translation;

namespace Codex.Gateway.Models;

/// <summary>
/// Writes one JSON object for two kinds of clients: OpenAI's <c>object</c> and <c>data</c>, and Codex's <c>models</c>.
/// Each ignores the fields of the other (Codex 0.128 to 0.169; symptom 39).
/// </summary>
public static class CatalogueWriter
{
    /// <summary>
    /// <c>data</c> has every listed model under its shortest working name. <c>models</c> also has the longer names,
    /// hidden from Codex's picker, since Codex finds a model's properties by its exact name; models that do not
    /// write text are left out there.
    /// </summary>
    /// <param name="isShown">Null for all.</param>
    public static Catalogue Write(ProviderSnapshot snapshot, Func<ClientModel, bool>? isShown = null)
    {
        var models = ClientModel.AllOf(snapshot).Where(isShown ?? (_ => true)).ToArray();
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("object"u8, "list"u8);
            writer.WriteStartArray("data"u8);
            foreach (var model in models.Where(m => m.IsListed))
                OpenAiModelWriter.Write(writer, model.Name, model.Target);
            writer.WriteEndArray();
            writer.WriteStartArray("models"u8);
            var priority = 0;
            foreach (var model in models.Where(m => m.Target.Known is not { WritesText: false }))
                CodexModelWriter.Write(writer, model, ++priority);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return new Catalogue(buffer.WrittenMemory, $"\"{Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan).AsSpan(0, 16))}\"");
    }
}
