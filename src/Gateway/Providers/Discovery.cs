using System.Collections.Immutable;
using Codex.Gateway.Dialects;

namespace Codex.Gateway.Providers;

/// <summary>Looks for backends on this machine. They are known by what they answer; the port only says where to ask.</summary>
public sealed class Discovery(BackendClient client, TimeProvider time)
{
    /// <summary>For all places together.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    public async Task<ImmutableArray<Finding>> LookAsync(DiscoveryPlan plan, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        return [.. await Task.WhenAll(plan.Places.Select(place => LookAtAsync(place, plan, deadline.Token, cancellation)))];
    }

    /// <summary>Asks for a list of models first: what has none is no backend and is asked nothing else.</summary>
    public async Task<(BackendReply List, BackendAnswers Answers)> InterviewAsync(
        Uri place, ImmutableArray<KeyValuePair<string, string>> headers, CancellationToken deadline, CancellationToken cancellation)
    {
        var list = await client.AskAsync(place, BackendQuestion.Models, headers, deadline, cancellation);
        if (list is not BackendReply.Answered answered)
            return (list, BackendAnswers.None);
        var answers = BackendAnswers.None.And(BackendQuestion.Models, answered.Json);
        if (OpenAiModelList.ListIn(answers) is null)
            return (new BackendReply.Unreadable(), answers);
        var marks = await Task.WhenAll(BackendRegistry.Marks.Select(async mark =>
            (mark, reply: await client.AskAsync(place, mark, headers, deadline, cancellation))));
        foreach (var (mark, reply) in marks)
        {
            if (reply is BackendReply.Answered known)
                answers = answers.And(mark, known.Json);
        }
        return (list, answers);
    }

    private async Task<Finding> LookAtAsync(Uri place, DiscoveryPlan plan, CancellationToken deadline, CancellationToken cancellation)
    {
        var (list, answers) = await InterviewAsync(place, [], deadline, cancellation);
        if (list is BackendReply.Silent)
            return new Finding.Unclear(place);
        return BackendRegistry.Recognise(answers) is { } backend && plan.LooksFor(backend.Name)
            ? new Finding.Found(place, backend)
            : new Finding.Nothing(place);
    }
}
