using System.Buffers;
using System.Text.Json;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Translation;
using Codex.Translation.Responses;
using Microsoft.Net.Http.Headers;

namespace Codex.Gateway.Models;

internal static class ModelsEndpoint
{
    public static async Task ListAsync(HttpContext context)
    {
        var current = context.RequestServices.GetRequiredService<CurrentCatalogue>();
        var key = context.Features.Get<GatewayKey>();
        // Codex takes another tag for other models and reads all of them again in the middle of a turn.
        var catalogue = IsCodex(context.Request) ? current.Get(key) : current.GetWithStates(key);
        context.Response.Headers.ETag = catalogue.ETag;
        context.Response.Headers.CacheControl = "no-cache";
        if (IsHeld(context.Request, catalogue.ETag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        await SendAsync(context, catalogue.Json);
    }

    /// <summary>Answers only for names that are offered: a name that would go to the default provider unseen is not one.</summary>
    public static async Task ShowAsync(HttpContext context, string id)
    {
        var snapshot = context.RequestServices.GetRequiredService<ProviderDirectory>().Current;
        // Some clients escape the slash of provider/model, which routing leaves as it is.
        var name = Uri.UnescapeDataString(id);
        var key = context.Features.Get<GatewayKey>();
        if (ClientModel.AllOf(snapshot).FirstOrDefault(m => m.Name == name) is { } model && ModelAccess.Allows(key, snapshot, name, model.Target))
        {
            var buffer = new ArrayBufferWriter<byte>(256);
            using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
                OpenAiModelWriter.Write(writer, name, model.Target, context.RequestServices.GetRequiredService<CurrentCatalogue>().StateOf(model.Target));
            await SendAsync(context, buffer.WrittenMemory);
            return;
        }
        var message = key is { Models.IsEmpty: false } ? ModelAccess.Refusal(key, name).Message : ModelResolver.Resolve(snapshot, name) switch
        {
            ModelResolution.Ambiguous ambiguous => ambiguous.Message,
            ModelResolution.Unknown unknown => unknown.Message,
            _ => new ModelResolution.Unknown(name, ModelResolver.Nearest(snapshot, name)).Message,
        };
        await ErrorBody.SendAsync(context, StatusCodes.Status404NotFound, new ResponseError("model_not_found", message, "invalid_request_error", "model"));
    }

    private static bool IsCodex(HttpRequest request) => request.Query.ContainsKey("client_version") || ClientKinds.Of(request) == ClientKind.Codex;

    private static bool IsHeld(HttpRequest request, string etag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var held)
            && held.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(etag), useStrongComparison: false));

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }
}
