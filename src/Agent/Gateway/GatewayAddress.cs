using System.Net;

namespace Codex.Agent.Gateway;

/// <summary>Looks for a gateway that runs on this machine.</summary>
internal static class GatewayAddress
{
    /// <summary>Names another place than the usual one.</summary>
    public const string Variable = "CODEX_AGENT_GATEWAY";

    private static readonly Uri Usual = new("http://127.0.0.1:8484");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The root address of one that answers, or null.</summary>
    public static async Task<Uri?> FindAsync(HttpMessageInvoker http, string? variable, TimeProvider time, CancellationToken cancellation)
    {
        var root = variable is { Length: > 0 } && Uri.TryCreate(variable, UriKind.Absolute, out var named) ? named : Usual;
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root, "/healthz"));
            using var response = await http.SendAsync(request, either.Token);
            return response.StatusCode == HttpStatusCode.OK ? root : null;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }
}
