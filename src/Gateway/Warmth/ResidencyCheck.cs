using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Warmth;

/// <summary>Asks a backend whether it has a model loaded, quickly or not at all.</summary>
internal sealed class ResidencyCheck(BackendClient client, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    /// <summary>Null when the backend does not say. Loaded by one replica is loaded: the others are found out by their own signs.</summary>
    public async Task<Residency?> AskAsync(ResidencyQuestion residency, WarmRequest request)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        var said = await Task.WhenAll(request.Provider.Replicas.Select(async replica =>
        {
            var replies = await Task.WhenAll(residency.Questions.Select(async question =>
                (question, await client.AskAsync(replica, question, request.Credentials.Headers, deadline.Token, CancellationToken.None))));
            return residency.ReadReplies(replies, request.UpstreamModel);
        }));
        return said.FirstOrDefault(r => r is { IsLoaded: true }) ?? said.FirstOrDefault(r => r is not null);
    }
}
