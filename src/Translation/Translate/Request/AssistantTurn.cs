using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <summary>
/// Neighbouring assistant items that become one chat message: reasoning, words and parallel calls, with the places
/// of the outputs that answer the calls.
/// </summary>
internal sealed class AssistantTurn(int start)
{
    private readonly List<string> _texts = [];
    private readonly List<string> _reasoning = [];
    private readonly List<string> _details = [];
    private readonly List<int> _calls = [];

    /// <summary>The place of its first item.</summary>
    public int Start { get; } = start;

    /// <summary>Places of its calls, in order.</summary>
    public IReadOnlyList<int> Calls => _calls;

    public string? Text => _texts.Count == 0 ? null : string.Join("\n\n", _texts);

    public string? Reasoning => _reasoning.Count == 0 ? null : string.Join("\n\n", _reasoning);

    /// <summary>A JSON list, or null.</summary>
    public string? ReasoningDetails => _details.Count == 0 ? null : "[" + string.Join(',', _details) + "]";

    public bool IsEmpty => _texts.Count == 0 && _calls.Count == 0;

    public void AddText(string text)
    {
        if (text.Length > 0)
            _texts.Add(text);
    }

    /// <returns>False when it holds something that only its maker can read, and nothing else.</returns>
    public bool AddReasoning(InputItem.Reasoning reasoning)
    {
        // A foreign envelope is nobody's business but its maker's; ours fills in what the client did not send back.
        var isOurs = ReasoningEnvelope.TryOpen(reasoning.EncryptedContent, out var text, out var details);
        var words = reasoning.Text.Length > 0 ? reasoning.Text : text;
        if (words.Length > 0)
            _reasoning.Add(words);
        if (isOurs && details is { Length: > 2 })
            _details.Add(details[1..^1]);
        return words.Length > 0 || isOurs || reasoning.EncryptedContent is null;
    }

    public void AddCall(int place) => _calls.Add(place);

    /// <summary>
    /// Whether an assistant item at this place begins a new message: every call of this one is answered before it.
    /// Until then it belongs here, for Codex writes call, message, output (symptom 25).
    /// </summary>
    public bool IsAnsweredBefore(int place, CallPairing pairing)
    {
        var outputs = _calls.Select(pairing.OutputOf).OfType<int>().ToList();
        return outputs.Count > 0 && outputs.TrueForAll(o => o < place);
    }
}
