using System.Buffers;
using System.Text.Json;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;
using Codex.Translation;

namespace Codex.Gateway.Health;

public static class HealthServices
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/healthz", [HttpMethods.Get, HttpMethods.Head], () => Results.Text("ok\n")).AllowAnyone();
        endpoints.MapMethods("/readyz", [HttpMethods.Get, HttpMethods.Head], async (HttpContext context, ProviderDirectory directory) =>
        {
            var snapshot = directory.Current;
            context.Response.StatusCode = IsReady(snapshot) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Describe(snapshot), context.RequestAborted);
        }).AllowAnyone();
    }

    /// <summary>Ready once there is a provider and each has been asked for its models, whatever it answered.</summary>
    internal static bool IsReady(ProviderSnapshot snapshot) =>
        !snapshot.Providers.IsEmpty
        && snapshot.Providers.All(p => p.Provider.Origin == ProviderOrigin.Embedded || p.AskedAt is not null || p.Problem is not null);

    private static ReadOnlyMemory<byte> Describe(ProviderSnapshot snapshot)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ready", IsReady(snapshot));
            writer.WriteStartArray("providers");
            foreach (var (provider, models, askedAt, problem) in snapshot.Providers)
            {
                writer.WriteStartObject();
                writer.WriteString("name", provider.Name);
                writer.WriteString("dialect", provider.Dialect.Name);
                writer.WriteNumber("models", models.Length);
                if (askedAt is { } time)
                    writer.WriteString("asked_at", time);
                else
                    writer.WriteNull("asked_at");
                writer.WriteString("problem", problem);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
