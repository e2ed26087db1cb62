namespace Codex.Gateway.Models;

public static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services) => services.AddSingleton<CurrentCatalogue>();

    /// <summary><c>GET /v1/models</c> (any query, such as Codex's <c>client_version</c>) and <c>GET /v1/models/{id}</c>; the id may contain slashes.</summary>
    public static void MapModels(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/v1/models", ModelsEndpoint.ListAsync);
        endpoints.MapGet("/v1/models/{**id}", ModelsEndpoint.ShowAsync);
    }
}
