using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Codex.Gateway.Providers;
using Codex.Gateway.Warmth;
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
        int start, end;
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            WriteData(writer, models, stateOf: null);
            writer.WritePropertyName("models"u8);
            writer.Flush();
            start = buffer.WrittenCount;
            writer.WriteStartArray();
            var priority = 0;
            foreach (var model in models.Where(m => m.Target.Known is not { WritesText: false }))
                CodexModelWriter.Write(writer, model, ++priority);
            writer.WriteEndArray();
            writer.Flush();
            end = buffer.WrittenCount;
            writer.WriteEndObject();
        }

        return new Catalogue(buffer.WrittenMemory, buffer.WrittenMemory[start..end], TagOf(SHA256.HashData(buffer.WrittenSpan)));
    }

    /// <summary>The same with the state of each model in <c>data</c>; what Codex reads of it stays as it is.</summary>
    /// <param name="stable">What <see cref="Write"/> gave for the same snapshot and the same models.</param>
    /// <param name="isShown">As above.</param>
    public static Catalogue WriteWithStates(
        ProviderSnapshot snapshot, Catalogue stable, Func<ModelResolution.Resolved, ModelState> stateOf, Func<ClientModel, bool>? isShown = null)
    {
        var buffer = new ArrayBufferWriter<byte>(stable.Json.Length + 4096);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            WriteData(writer, ClientModel.AllOf(snapshot).Where(isShown ?? (_ => true)), stateOf);
            writer.Flush();
            hash.AppendData(buffer.WrittenSpan);
            hash.AppendData(Encoding.ASCII.GetBytes(stable.ETag));
            writer.WritePropertyName("models"u8);
            writer.WriteRawValue(stable.Models.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return new Catalogue(buffer.WrittenMemory, stable.Models, TagOf(hash.GetHashAndReset()));
    }

    private static void WriteData(Utf8JsonWriter writer, IEnumerable<ClientModel> models, Func<ModelResolution.Resolved, ModelState>? stateOf)
    {
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        foreach (var model in models.Where(m => m.IsListed))
            OpenAiModelWriter.Write(writer, model.Name, model.Target, stateOf?.Invoke(model.Target));
        writer.WriteEndArray();
    }

    private static string TagOf(byte[] hash) => $"\"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}\"";
}
