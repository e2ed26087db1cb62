using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Proxy.Inquiry;

/// <summary>
/// Asks a backend for its models with the credentials of a request that failed, to learn whether the key is to blame.
/// However many requests fail, each key is asked about once and the answer kept for a short time.
/// </summary>
internal sealed class KeyProbe(BackendClient client, TimeProvider time)
{
    /// <summary>What a failed request waits at most, before it is tried again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    /// <summary>Beyond it nothing is asked until the oldest answers are forgotten: a flood of keys must not become one of questions.</summary>
    private const int MostKeys = 256;

    private readonly ConcurrentDictionary<string, Question> _questions = new(StringComparer.Ordinal);

    /// <summary>Keys are remembered only as hashes that mean nothing outside of this process.</summary>
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);

    private readonly Lock _gate = new();

    /// <param name="replica">The base address that gave the answer in question.</param>
    public async ValueTask<KeyVerdict> AskAsync(Provider provider, Uri replica, UpstreamCredentials credentials, CancellationToken cancellation)
    {
        if (!credentials.HasSecret)
            return KeyVerdict.Unclear.Instance;
        if (Join(provider, replica, credentials) is not { } question)
            return KeyVerdict.Unclear.Instance;
        return await question.Answer.WaitAsync(cancellation);
    }

    private Question? Join(Provider provider, Uri replica, UpstreamCredentials credentials)
    {
        var name = NameOf(provider, replica, credentials);
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_questions.TryGetValue(name, out var known) && now - known.Asked < Kept)
                return known;
            if (_questions.Count >= MostKeys)
            {
                foreach (var (old, question) in _questions)
                {
                    if (now - question.Asked >= Kept)
                        _questions.TryRemove(old, out _);
                }

                if (_questions.Count >= MostKeys)
                    return null;
            }

            return _questions[name] = new Question(now, LearnAsync(provider, replica, credentials));
        }
    }

    /// <summary>Never fails, and does not depend on the one request that began it.</summary>
    private async Task<KeyVerdict> LearnAsync(Provider provider, Uri replica, UpstreamCredentials credentials)
    {
        // Not in the lock, and not on the time of the caller.
        await Task.Yield();
        using var deadline = new CancellationTokenSource(Patience, time);
        var withKey = await ListAsync(credentials.Headers);
        switch (withKey)
        {
            case BackendReply.Refused { Status: StatusCodes.Status401Unauthorized }:
                return new KeyVerdict.Refused(StatusCodes.Status401Unauthorized);
            case BackendReply.Refused { Status: >= 500 and var status }:
                return new KeyVerdict.Failing(status);
            case BackendReply.Answered:
                // Many hosts show their list to everybody, whatever the key.
                return await ListAsync(provider.Headers) is BackendReply.Refused { Status: 401 or 403 }
                    ? new KeyVerdict.Accepted()
                    : KeyVerdict.Unclear.Instance;
            case BackendReply.Refused { Status: StatusCodes.Status403Forbidden }:
                // A host that tells apart a missing key and this one knows the key, which may then be one that cannot list models.
                return await ListAsync(provider.Headers) is BackendReply.Refused { Status: 401 }
                    ? KeyVerdict.Unclear.Instance
                    : new KeyVerdict.Refused(StatusCodes.Status403Forbidden);
            default:
                return KeyVerdict.Unclear.Instance;
        }

        Task<BackendReply> ListAsync(IEnumerable<KeyValuePair<string, string>> headers) =>
            client.AskAsync(replica, BackendQuestion.Models, headers, deadline.Token, CancellationToken.None);
    }

    private string NameOf(Provider provider, Uri replica, UpstreamCredentials credentials)
    {
        var told = new StringBuilder(provider.Name).Append('\n').Append(replica.AbsoluteUri);
        foreach (var (name, value) in credentials.Headers)
            told.Append('\n').Append(name).Append(':').Append(value);
        return Convert.ToHexString(HMACSHA256.HashData(_salt, Encoding.UTF8.GetBytes(told.ToString())));
    }

    private sealed record Question(DateTimeOffset Asked, Task<KeyVerdict> Answer);
}
