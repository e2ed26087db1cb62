using Codex.Gateway.Hosting;
using Codex.Gateway.Keys;
using Codex.Gateway.Proxy;
using Codex.Translation.Responses;

namespace Codex.Gateway.Explain;

public static class ExplainServices
{
    public static IServiceCollection AddExplain(this IServiceCollection services) => services.AddSingleton<StoryShelf>();

    /// <summary>Stands in front of everything that answers. Not there at all unless the settings ask for it.</summary>
    public static void UseExplain(this WebApplication app)
    {
        if (app.Services.GetRequiredService<GatewaySettings>().Explain)
            app.UseMiddleware<ExplainMiddleware>();
    }

    /// <summary><c>GET /admin/requests</c> and <c>/admin/requests/{id}</c>: JSON, or text for a terminal.</summary>
    public static void MapExplain(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/admin/requests", (HttpContext context, GatewaySettings settings, StoryShelf shelf) =>
            !settings.Explain ? IsOff(context)
            : SendAsync(context, () => StoryText.List(shelf.All), () => StoryJson.List(shelf.All))).RequireAdmin();
        endpoints.MapGet("/admin/requests/{id}", (HttpContext context, string id, GatewaySettings settings, StoryShelf shelf) =>
            !settings.Explain ? IsOff(context)
            : shelf.Find(id) is { } story ? SendAsync(context, () => StoryText.Whole(story), () => StoryJson.Whole(story))
            : ErrorBody.SendAsync(context, StatusCodes.Status404NotFound, new ResponseError(
                "not_found", $"There is no such request; the last {StoryShelf.MostStories} are kept, see GET /admin/requests.", "invalid_request_error"))).RequireAdmin();
    }

    private static Task IsOff(HttpContext context) => ErrorBody.SendAsync(context, StatusCodes.Status404NotFound, new ResponseError(
        "explain_is_off", "Requests are not written down; set \"Explain\": true in gateway.json and start the gateway again.", "invalid_request_error"));

    private static async Task SendAsync(HttpContext context, Func<string> text, Func<ReadOnlyMemory<byte>> json)
    {
        var wantsText = context.Request.Headers.Accept.ToString().Contains("text/plain", StringComparison.OrdinalIgnoreCase);
        var body = wantsText ? System.Text.Encoding.UTF8.GetBytes(text()) : json();
        context.Response.ContentType = wantsText ? "text/plain; charset=utf-8" : "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
