namespace Codex.Translation.Dialects;

/// <summary>Together: open models behind the common form.</summary>
internal static class Together
{
    public static readonly Dialect Value = new()
    {
        Name = "together",
        LeakedCalls = LeakedShapes.OfOpenModels,
        Effort = Efforts.LowMediumHigh,
    };
}
