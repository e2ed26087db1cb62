using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>JSON in one spelling, whoever wrote it: on one line, with no more escapes than it needs.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonElement json) => Write(json.WriteTo);

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
            write(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
