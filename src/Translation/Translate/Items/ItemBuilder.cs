using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Items;

/// <summary>An item of the answer that is still growing.</summary>
internal abstract class ItemBuilder
{
    /// <summary>Closes the item with its <c>done</c> events, exactly once.</summary>
    /// <param name="cut">True when the answer ended before this item was complete.</param>
    /// <returns>The final item, or null when nothing of it was ever shown.</returns>
    public abstract OutputItem? Close(bool cut);
}
