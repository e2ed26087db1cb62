namespace Codex.Translation.Translate.Items;

/// <summary>A tool call that is still growing.</summary>
internal abstract class ToolCallBuilder : ItemBuilder
{
    /// <summary>Takes the next piece of the arguments, as the backend sent it.</summary>
    public abstract void Append(string fragment);

    /// <summary>Whether the arguments so far are a whole JSON object: the next piece then belongs to another call.</summary>
    public abstract bool IsWhole { get; }

    /// <summary>
    /// Whether the call would run with half of its input if it were closed now: for a function the client's JSON
    /// parser finds that out, for free text nobody does (symptom 17).
    /// </summary>
    public virtual bool IsHalf => false;
}
