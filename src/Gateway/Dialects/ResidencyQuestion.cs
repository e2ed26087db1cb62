using System.Collections.Immutable;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Dialects;

/// <summary>How a backend is asked whether it has a model loaded.</summary>
/// <param name="Questions">Asked side by side.</param>
/// <param name="Read">From the answers and the backend's own name of the model; null when they do not say.</param>
public sealed record ResidencyQuestion(ImmutableArray<BackendQuestion> Questions, Func<BackendAnswers, string, Residency?> Read)
{
    /// <summary>The status with which a backend that is loading refuses to answer.</summary>
    public int? LoadingStatus { get; init; }

    /// <summary>What the replies say together; null when they do not say.</summary>
    public Residency? ReadReplies(IEnumerable<(BackendQuestion Question, BackendReply Reply)> replies, string model)
    {
        var answers = BackendAnswers.None;
        foreach (var (question, reply) in replies)
        {
            if (reply is BackendReply.Refused { Status: var status } && status == LoadingStatus)
                return new Residency(IsLoaded: false);
            if (reply is BackendReply.Answered answered)
                answers = answers.And(question, answered.Json);
        }

        return Read(answers, model);
    }
}

/// <param name="Window">Tokens it was loaded with, where the backend says.</param>
public sealed record Residency(bool IsLoaded, int? Window = null);
