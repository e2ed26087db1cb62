using System.Buffers;
using System.Text.Json;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Translation;
using Codex.Translation.Responses;

namespace Codex.Gateway.Warmth;

/// <summary>
/// <c>POST /admin/warm {"model":"…"}</c> loads a model. The answer is a JSON object a line, one every second and a last
/// one with <c>state</c> <c>warm</c> or <c>failed</c>.
/// </summary>
internal static class WarmEndpoint
{
    public const string Path = "/admin/warm";

    private const int LongestBody = 64 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static async Task HandleAsync(HttpContext context, ModelWarmth warmth, ProviderRefresh refresh, TimeProvider time)
    {
        var cancellation = context.RequestAborted;
        if (await RequestBody.ReadAsync(context.Request, LongestBody, cancellation) is not RequestBody.Read { Bytes: var body } || ModelIn(body) is not { } model)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, new ResponseError(
                "invalid_request", "Send {\"model\":\"…\"} with the name of a model.", "invalid_request_error", "model"));
            return;
        }

        var authorization = ClientKey.Of(context.Request);
        var resolution = await refresh.ResolveAsync(model, authorization, cancellation);
        if (RequestFailures.Explain(resolution) is { } unknown)
        {
            await RefuseAsync(context, unknown.Status, new ResponseError("model_not_found", unknown.Message, "invalid_request_error", "model"));
            return;
        }

        var target = (ModelResolution.Resolved)resolution;
        if (WarmRequest.For(target, model, authorization, out var unset) is not { } request)
        {
            var failure = RequestFailures.Unset(target.Provider.Provider, unset!);
            await RefuseAsync(context, failure.Status, new ResponseError("invalid_api_key", failure.Message, "authentication_error"));
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        var began = time.GetTimestamp();
        var loading = request.Provider.Origin == ProviderOrigin.Embedded
            ? Task.FromResult<Failure?>(null)
            : warmth.LoadAsync(request, isSure: true, cancellation);
        while (!loading.IsCompleted)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(loading, Task.Delay(Interval, time, pause.Token));
            await pause.CancelAsync();
            if (!loading.IsCompleted)
                await WriteAsync(context, request, warmth.StateOf(request.Key, request.Provider.Dialect.Name), time.GetElapsedTime(began));
        }

        ModelState end = await loading is { } failed ? new ModelState.Failed(failed.Message) : ModelState.Warm.Instance;
        await WriteAsync(context, request, end, time.GetElapsedTime(began));
    }

    private static Task RefuseAsync(HttpContext context, int status, ResponseError error) => ErrorBody.SendAsync(context, status, error);

    private static string? ModelIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("model", out var model)
                && model.ValueKind == JsonValueKind.String
                && model.GetString() is { Length: > 0 and <= 512 } name ? name : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task WriteAsync(HttpContext context, WarmRequest request, ModelState state, TimeSpan elapsed)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("model"u8, request.Model);
            writer.WriteString("provider"u8, request.Provider.Name);
            ModelStateWriter.WriteFields(writer, state, elapsed);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
