using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Codex.Gateway.Dialects;

namespace Codex.Gateway.Providers;

/// <summary>Asks one provider for its models and, where nobody named its dialect, finds out what it is.</summary>
public sealed class ModelListReader(BackendClient client, Discovery discovery, TimeProvider time)
{
    /// <summary>For everything that is asked of one provider in one round.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(8);

    // A backend with many models gets a question for each: not all of them at once.
    private const int QuestionsAtOnce = 8;

    private readonly ConcurrentDictionary<(Uri Replica, BackendQuestion Question), JsonElement> _lasting = new();

    /// <summary>The view as it is now; on failure the models of before, with the problem.</summary>
    public async Task<ProviderView> ReadAsync(ProviderView view, string? clientAuthorization, CancellationToken cancellation)
    {
        var (headers, unset) = ListKey.Read(view.Provider, clientAuthorization);
        if (unset is not null)
            return view with { AskedAt = time.GetUtcNow(), Problem = ListProblem.Unset(unset), IsDown = true };

        using var deadline = new CancellationTokenSource(Deadline, time);
        string? problem = null;
        var isDown = true;
        foreach (var replica in view.Provider.Replicas)
        {
            var (provider, reply, models) = await ReadReplicaAsync(view.Provider, replica, headers, deadline.Token, cancellation);
            if (models is { } listed)
            {
                return view with
                {
                    Provider = provider,
                    Models = [.. listed.Select(m => Remember(view, m))],
                    AskedAt = time.GetUtcNow(),
                    Problem = null,
                    IsDown = false,
                };
            }
            problem ??= ListProblem.Of(view.Provider, replica, reply, Deadline);
            isDown &= ListProblem.MeetsRequests(view.Provider, reply);
            // Replicas stand in for one another when one is down, not when the key is wrong.
            if (reply is BackendReply.Refused)
                break;
        }
        // What a client's key once brought stays, although it cannot be asked for again without one.
        var isLearned = view is { Provider.Key: KeySource.ClientBearer, Problem: null, Models.IsEmpty: false } && clientAuthorization is null;
        return view with { AskedAt = time.GetUtcNow(), Problem = isLearned ? null : problem, IsDown = isDown };
    }

    private async Task<(Provider Provider, BackendReply Reply, ImmutableArray<ProviderModel>? Models)> ReadReplicaAsync(
        Provider provider, Uri replica, ImmutableArray<KeyValuePair<string, string>> headers, CancellationToken deadline, CancellationToken cancellation)
    {
        var backend = provider.DialectIsAssumed ? BackendRegistry.ForHost(replica) : BackendRegistry.For(provider.Dialect.Name);
        var answers = BackendAnswers.None;
        if (backend is null)
        {
            (var list, answers) = await discovery.InterviewAsync(replica, headers, deadline, cancellation);
            backend = BackendRegistry.Recognise(answers);
            if (backend is null)
                return (provider, list, null);
        }
        if (provider.DialectIsAssumed)
            provider = provider with { Dialect = backend.Dialect, DialectIsAssumed = false };

        (var first, answers) = await AskAllAsync(replica, backend.Lists, answers, headers, deadline, cancellation);
        if (first is not BackendReply.Answered)
            return (provider, first, null);
        if (backend.Lists[0] == BackendQuestion.Models && OpenAiModelList.ListIn(answers) is null)
            return (provider, new BackendReply.Unreadable(), null);
        var details = backend.Details(answers).ToImmutableArray();
        (_, answers) = await AskAllAsync(replica, details, answers, headers, deadline, cancellation);
        KeepLasting(replica, details, answers);
        return (provider, first, backend.ModelsOf(answers));
    }

    private async Task<(BackendReply First, BackendAnswers Answers)> AskAllAsync(
        Uri replica,
        ImmutableArray<BackendQuestion> questions,
        BackendAnswers answers,
        ImmutableArray<KeyValuePair<string, string>> headers,
        CancellationToken deadline,
        CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(QuestionsAtOnce);
        var replies = await Task.WhenAll(questions.Select(AskAsync));
        foreach (var (question, reply) in questions.Zip(replies))
        {
            if (reply is BackendReply.Answered answered)
                answers = answers.And(question, answered.Json);
        }
        return (replies.FirstOrDefault() ?? new BackendReply.Silent(), answers);

        async Task<BackendReply> AskAsync(BackendQuestion question)
        {
            if (answers.To(question) is { } known || _lasting.TryGetValue((replica, question), out known))
                return new BackendReply.Answered(known);
            await places.WaitAsync(cancellation);
            try
            {
                return await client.AskAsync(replica, question, headers, deadline, cancellation);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private void KeepLasting(Uri replica, ImmutableArray<BackendQuestion> questions, BackendAnswers answers)
    {
        foreach (var old in _lasting.Keys.Where(k => k.Replica == replica && !questions.Contains(k.Question)))
            _lasting.TryRemove(old, out _);
        foreach (var question in questions.Where(q => q.SameWhile is not null))
        {
            if (answers.To(question) is { } answer)
                _lasting[(replica, question)] = answer;
        }
    }

    /// <summary>A window that was seen while the model was loaded is better than the one that is assumed while it is not.</summary>
    private static ProviderModel Remember(ProviderView before, ProviderModel now)
    {
        if (now is { ContextWindow: not null, WindowIsAssumed: false })
            return now;
        return before.Models.FirstOrDefault(m => m.Id == now.Id) is { ContextWindow: { } seen, WindowIsAssumed: false }
            ? now with { ContextWindow = seen, WindowIsAssumed = false, Note = null }
            : now;
    }
}
