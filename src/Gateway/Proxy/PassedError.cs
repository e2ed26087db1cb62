using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;

namespace Codex.Gateway.Proxy;

/// <summary>An error as the backend answered it, kept until it is clear that no other replica does better.</summary>
public sealed record PassedError(int Status, ImmutableArray<KeyValuePair<string, StringValues>> Headers, ReadOnlyMemory<byte> Body)
{
    public async Task SendAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        foreach (var (name, values) in Headers)
            context.Response.Headers.Append(name, values);
        context.Response.ContentLength = Body.Length;
        await context.Response.Body.WriteAsync(Body, context.RequestAborted);
    }
}
