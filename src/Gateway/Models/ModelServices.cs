namespace Codex.Gateway.Models;

public static class ModelServices
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddModels(this IServiceCollection services) => services.AddSingleton<CurrentCatalogue>();

    /// <summary><c>GET /v1/models</c> (any query, such as Codex's <c>client_version</c>) and <c>GET /v1/models/{id}</c>; the id may contain slashes.</summary>
    public static void MapModels(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/v1/models", Reading, ModelsEndpoint.ListAsync);
        endpoints.MapMethods("/v1/models/{**id}", Reading, ModelsEndpoint.ShowAsync);
    }
}
