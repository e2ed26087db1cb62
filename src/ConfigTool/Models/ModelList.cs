using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.ConfigTool.Models;

/// <summary>What a server says it serves.</summary>
internal abstract record ModelListing
{
    private ModelListing()
    {
    }

    /// <summary>Never empty.</summary>
    public sealed record Models(ImmutableArray<string> Names) : ModelListing;

    /// <param name="Reason">For people, with the address.</param>
    /// <param name="Status">The HTTP status; null when nothing was answered.</param>
    public sealed record Failed(string Reason, int? Status = null) : ModelListing;
}

/// <summary>Asks a server for its models: <c>GET {base}/models</c>, once, without following redirects, so that a key goes nowhere else.</summary>
internal static class ModelList
{
    private const string Path = "/models";
    private const long MostBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public static Task<ModelListing> AskAsync(string baseUrl, string? key, CancellationToken cancellation) => AskAsync(ProviderCall.Of(baseUrl, key), cancellation);

    public static async Task<ModelListing> AskAsync(ProviderCall call, CancellationToken cancellation)
    {
        var url = call.Shown(Path);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = LongestWait, MaxResponseContentBufferSize = MostBytes };
        try
        {
            using var request = call.Request(HttpMethod.Get, Path);
            using var response = await client.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                return new ModelListing.Failed($"{url} answers {(int)response.StatusCode}{(call.Proof is null ? " (no key was sent)" : "")}", (int)response.StatusCode);
            var names = Names(await response.Content.ReadAsByteArrayAsync(cancellation));
            return names.IsEmpty ? new ModelListing.Failed($"{url} lists no models", (int)response.StatusCode) : new ModelListing.Models(names);
        }
        catch (HttpRequestException e)
        {
            return new ModelListing.Failed($"{url} cannot be reached: {e.Message}");
        }
        catch (FormatException e)
        {
            return new ModelListing.Failed(e.Message);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ModelListing.Failed($"{url} does not answer within {LongestWait.TotalSeconds:0} s");
        }
        catch (JsonException)
        {
            return new ModelListing.Failed($"{url} answers something that is no list of models");
        }
    }

    /// <summary>OpenAI's list (<c>data[].id</c>) or Codex's catalogue (<c>models[].slug</c>).</summary>
    private static ImmutableArray<string> Names(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            return [];
        foreach (var (list, name) in (ReadOnlySpan<(string, string)>)[("data", "id"), ("models", "slug")])
        {
            if (json.RootElement.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array)
                return [.. items.EnumerateArray().Select(i => i.ValueKind == JsonValueKind.Object && i.TryGetProperty(name, out var id) ? id.GetString() : null).OfType<string>()];
        }

        return [];
    }
}
