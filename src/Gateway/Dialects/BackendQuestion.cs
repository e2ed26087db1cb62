namespace Codex.Gateway.Dialects;

/// <summary>Something asked of a backend over HTTP.</summary>
/// <param name="Path">
/// With a leading slash from the server's root (the base address without a final <c>/v1</c>), else below the base address.
/// </param>
/// <param name="JsonBody">Sent by POST; null asks by GET.</param>
public sealed record BackendQuestion(string Path, string? JsonBody = null)
{
    /// <summary>The list that every OpenAI-compatible backend has.</summary>
    public static readonly BackendQuestion Models = new("models");

    /// <summary>What the answer depends on, such as a digest: as long as it is the same the answer need not be fetched again. Null: always ask.</summary>
    public string? SameWhile { get; init; }

    public Uri AddressAt(Uri baseAddress)
    {
        var address = baseAddress.AbsoluteUri.TrimEnd('/');
        if (!Path.StartsWith('/'))
            return new Uri($"{address}/{Path}");
        var root = address.EndsWith("/v1", StringComparison.OrdinalIgnoreCase) ? address[..^3] : address;
        return new Uri(root + Path);
    }

    /// <summary>As it stands on the first line of a request: <c>POST /api/show {"model":"x"}</c>.</summary>
    public override string ToString() => JsonBody is null ? $"GET {Path}" : $"POST {Path} {JsonBody}";
}
