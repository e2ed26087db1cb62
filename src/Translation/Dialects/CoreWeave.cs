namespace Codex.Translation.Dialects;

/// <summary>CoreWeave: 503 "overloaded" while capacity is added.</summary>
internal static class CoreWeave
{
    public static readonly Dialect Value = new()
    {
        Name = "coreweave",
        NotFoundWhenCold = true,
        FaultSigns = [new FaultSign(503, "overloaded", FaultMeaning.Cold)],
    };
}
