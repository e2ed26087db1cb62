using System.Net.Http.Headers;
using System.Text.Json;
using Codex.Agent.Client;

namespace Codex.Agent.Models;

/// <summary>Asks a server for its models.</summary>
public static class ModelList
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Empty when the server does not tell; that is no reason not to ask it for answers.</summary>
    public static async Task<IReadOnlyList<ModelMetadata>> AskAsync(
        HttpMessageInvoker http, ModelEndpoint endpoint, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint.Address("/models"));
            foreach (var (name, value) in endpoint.Headers)
                request.Headers.TryAddWithoutValidation(name, value);
            if (await endpoint.FindKeyAsync(either.Token) is KeyFound.Known { Key: { } key })
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var response = await http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
                return [];
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            using var list = await JsonDocument.ParseAsync(body, cancellationToken: either.Token);
            return ModelMetadata.ReadList(list.RootElement);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return [];
        }
    }
}
