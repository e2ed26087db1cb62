namespace Codex.Translation.Translate.Items;

/// <summary>An item of the answer that is still growing.</summary>
internal abstract class ItemBuilder
{
    /// <summary>Closes the item with its <c>done</c> events, exactly once.</summary>
    /// <param name="cut">True when the answer ended before this item was complete.</param>
    public abstract void Close(bool cut);
}
