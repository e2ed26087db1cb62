using System.Collections.Immutable;
using System.Net.Http.Headers;

namespace Codex.ConfigTool.Models;

/// <summary>What goes along with every request to a provider, as Codex sends it. Holds secrets: never printed.</summary>
/// <param name="BaseUrl">The provider's address.</param>
/// <param name="Headers">Names and values, each name once.</param>
/// <param name="Query">Without the question mark; empty when there is none.</param>
/// <param name="Proof">What proves who asks, in words and without the secret, such as "the key in K"; null when nothing does.</param>
/// <param name="Untried">What Codex sends and this tool cannot, in words; null when nothing is missing.</param>
internal sealed record ProviderCall(string BaseUrl, ImmutableDictionary<string, string> Headers, string Query, string? Proof, string? Untried)
{
    public const string Authorization = "Authorization";

    private const char FirstVisible = ' ';
    private const char LastVisible = '~';

    /// <summary>With a key or without one, and nothing else.</summary>
    public static ProviderCall Of(string baseUrl, string? key)
    {
        var headers = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);
        return new(baseUrl, key is null ? headers : headers.Add(Authorization, $"Bearer {key}"), "", key is null ? null : "the key", null);
    }

    /// <summary>The address below the provider's, without the query, which may hold a secret.</summary>
    public string Shown(string path) => $"{BaseUrl.TrimEnd('/')}{path}";

    /// <summary>A request to an address below the provider's.</summary>
    /// <exception cref="FormatException">A header cannot be sent.</exception>
    public HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, Query.Length > 0 ? $"{Shown(path)}?{Query}" : Shown(path));
        foreach (var (name, value) in Headers)
        {
            if (value.Any(c => c is < FirstVisible or > LastVisible))
                throw new FormatException($"the header {name} holds characters that cannot be sent");
            // Headers of a body are none of a question without one.
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }
}

/// <summary>Whether a provider can be asked the way Codex asks.</summary>
internal abstract record CallPreparation
{
    private CallPreparation()
    {
    }

    public sealed record Ready(ProviderCall Call) : CallPreparation;

    /// <summary>Codex itself could not ask.</summary>
    /// <param name="Reason">For people; holds no secret.</param>
    /// <param name="Hint">What to do.</param>
    /// <param name="IsUnset">The variable of the key is not set.</param>
    public sealed record Impossible(string Reason, string Hint, bool IsUnset = false) : CallPreparation;
}
