namespace Codex.Translation.Dialects;

/// <summary>Featherless: loads models on demand and says so with a 400.</summary>
internal static class Featherless
{
    public static readonly Dialect Value = new()
    {
        Name = "featherless",
        LeakedCalls = LeakedShapes.OfOpenModels,
        FaultSigns = [new FaultSign(400, "model is cold", FaultMeaning.Cold)],
    };
}
