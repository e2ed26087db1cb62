using System.Collections.Immutable;
using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Interactive.Questions;

/// <summary>Something the user has to answer with one key before anything else goes on.</summary>
/// <param name="Lines">What is asked; nothing in them can steer the terminal.</param>
/// <param name="Choices">At least one.</param>
/// <param name="Choose">Hears the key of the choice.</param>
/// <param name="Escape">The key that Escape and Ctrl-C stand for.</param>
internal sealed record Question(ImmutableArray<LedLine> Lines, ImmutableArray<Choice> Choices, Action<char> Choose, char Escape)
{
    /// <summary>Shows all of a question that has more lines than the terminal.</summary>
    public const char ShowAll = 'v';

    /// <returns>The choice; null when the key means none.</returns>
    public Choice? Answer(char key)
    {
        if (Choices.FirstOrDefault(c => c.Key == char.ToLowerInvariant(key)) is not { } choice)
            return null;
        Choose(choice.Key);
        return choice;
    }
}

/// <summary>One way to answer.</summary>
/// <param name="Meaning">What the key does.</param>
/// <param name="Said">What stays on the screen once it was chosen; empty for nothing.</param>
internal sealed record Choice(char Key, string Meaning, string Said = "")
{
    /// <summary>Stands for Escape, which no line shows as a letter.</summary>
    public const char EscapeKey = '\e';

    public override string ToString() => $"{(Key == EscapeKey ? "Esc" : Key)} {Meaning}";
}
