using System.Buffers;
using System.Text.Json;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;
using Codex.Translation;

namespace Codex.Gateway.Health;

public static class HealthServices
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<ReadinessProbe>();

    /// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: it makes sense to send it requests.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/healthz", Reading, () => Results.Text("ok\n")).AllowAnyone();
        endpoints.MapMethods("/readyz", Reading, async (HttpContext context, ReadinessProbe probe) =>
        {
            var readiness = probe.Read();
            context.Response.StatusCode = readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "no-store";
            // Addresses and problems of backends are for whoever runs the gateway.
            var body = Describe(readiness, withProviders: LocalCaller.Is(context));
            context.Response.ContentLength = body.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
                await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }).AllowAnyone();
    }

    private static ReadOnlyMemory<byte> Describe(Readiness readiness, bool withProviders)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("ready", readiness.IsReady);
            writer.WriteString("reason", readiness.Reason);
            if (withProviders)
            {
                writer.WriteStartArray("providers");
                foreach (var provider in readiness.Providers)
                    WriteProvider(writer, provider);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteProvider(Utf8JsonWriter writer, ProviderReadiness provider)
    {
        var view = provider.View;
        writer.WriteStartObject();
        writer.WriteString("name", view.Provider.Name);
        writer.WriteString("dialect", view.Provider.Dialect.Name);
        writer.WriteBoolean("usable", provider.IsUsable);
        writer.WriteNumber("models", view.Models.Length);
        WriteTime(writer, "asked_at", view.AskedAt);
        writer.WriteString("problem", view.Problem);
        if (view.Provider.Origin != ProviderOrigin.Embedded)
        {
            writer.WriteStartArray("destinations");
            foreach (var destination in provider.Destinations)
            {
                writer.WriteStartObject();
                writer.WriteString("address", destination.Address);
                writer.WriteString("state", destination.IsUp ? "up" : "resting");
                WriteTime(writer, "rests_until", destination.RestsUntil);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartObject("model_states");
            foreach (var model in provider.Models)
                writer.WriteString(model.Key.Model, model.State.Word);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            writer.WriteString(name, known);
        else
            writer.WriteNull(name);
    }
}
