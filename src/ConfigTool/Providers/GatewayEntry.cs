using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Codex.ConfigTool.Providers;

/// <summary>A provider as codex-gateway's own configuration names it.</summary>
/// <param name="Name">The prefix of its models.</param>
/// <param name="BaseUrl">Where the vendor is.</param>
/// <param name="Dialect">How the vendor speaks.</param>
/// <param name="KeyVariable">The variable that must hold the vendor's key where the gateway runs, or null.</param>
public sealed record GatewayEntry(string Name, string BaseUrl, string Dialect, string? KeyVariable)
{
    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole <c>gateway.json</c> with this provider alone.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteStartObject("Providers");
            json.WriteStartObject(Name);
            json.WriteString("BaseUrl", BaseUrl);
            json.WriteString("Dialect", Dialect);
            if (KeyVariable is not null)
                json.WriteString("ApiKeyEnv", KeyVariable);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
