namespace Codex.Translation.Translate.Items;

/// <summary>A tool call that is still growing.</summary>
internal abstract class ToolCallBuilder : ItemBuilder
{
    /// <summary>Takes the next piece of the arguments, as the backend sent it.</summary>
    public abstract void Append(string fragment);

    /// <summary>Whether the arguments so far are a whole JSON object: the next piece then belongs to another call.</summary>
    public abstract bool IsWhole { get; }
}
