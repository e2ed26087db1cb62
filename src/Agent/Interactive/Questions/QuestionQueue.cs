using System.Collections.Immutable;
using Codex.Agent.Interactive.Input;

namespace Codex.Agent.Interactive.Questions;

/// <summary>What the user is asked, one after the other, and which keys are answers.</summary>
/// <param name="takesKeys">False where lines are read: a line then counts as pasted.</param>
internal sealed class QuestionQueue(bool takesKeys, TimeProvider time)
{
    /// <summary>Whoever was typing when the question came has not read it yet: what follows within this is no answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Queue<Question> _waiting = new();
    private long? _typedAt;
    private bool _isGuarded;

    public Question? Current => _waiting.TryPeek(out var question) ? question : null;

    /// <summary>The whole question stands on the screen already.</summary>
    public bool IsShown { get; private set; }

    private bool IsTyping => takesKeys && _typedAt is { } at && time.GetElapsedTime(at) < Pause;

    public void Ask(Question question)
    {
        if (_waiting.Count == 0)
            Begin();
        _waiting.Enqueue(question);
    }

    public void Clear() => _waiting.Clear();

    /// <summary>Whether a key is for the question; otherwise it goes where it would go without one.</summary>
    public bool Takes(Key key)
    {
        var isCommand = key is Key.Pressed { Name: KeyName.Escape or KeyName.Interrupt or KeyName.EndOfInput };
        if (Current is not null && (isCommand || (!(_isGuarded && IsTyping) && (key is not Key.Pasted || !takesKeys))))
            return true;
        _typedAt = key switch
        {
            Key.Typed => time.GetTimestamp(),
            Key.Pressed { Name: KeyName.Enter } => null,
            _ => _typedAt,
        };
        return false;
    }

    /// <returns>The lines to print: what the key asked to see, or what was answered.</returns>
    public ImmutableArray<string> Take(Key key)
    {
        if (Current is not { } question || Chosen(key, question) is not { } chosen)
            return [];
        if (question.Answer(chosen) is { } choice)
        {
            _waiting.Dequeue();
            Begin();
            return choice.Said.Length > 0 ? [choice.Said] : [];
        }

        if (chosen != Question.ShowAll || IsShown)
            return [];
        IsShown = true;
        return [.. question.Lines.Select(l => l.ToString())];
    }

    private void Begin() => (IsShown, _isGuarded) = (false, IsTyping);

    private static char? Chosen(Key key, Question question) => key switch
    {
        Key.Typed { Text: [var c] } => c,
        Key.Pasted { Text: [var c, ..] } => c,
        Key.Pressed { Name: KeyName.Escape or KeyName.Interrupt or KeyName.EndOfInput } => question.Escape,
        _ => null,
    };
}
