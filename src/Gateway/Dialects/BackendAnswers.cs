using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Gateway.Dialects;

/// <summary>What a backend answered with a success status and in JSON; what it did not answer so is absent.</summary>
public sealed record BackendAnswers(ImmutableDictionary<BackendQuestion, JsonElement> All)
{
    public static readonly BackendAnswers None = new(ImmutableDictionary<BackendQuestion, JsonElement>.Empty);

    /// <summary>Null when there is none; whatever is read from it must bear any shape.</summary>
    public JsonElement? To(BackendQuestion question) => All.TryGetValue(question, out var answer) ? answer : null;

    public BackendAnswers And(BackendQuestion question, JsonElement answer) => new(All.SetItem(question, answer));
}
