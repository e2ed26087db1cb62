namespace Codex.Translation.Dialects;

/// <summary>Featherless: loads models on demand, up to an hour, and says so with a 400 (featherless.ai/docs/api-reference-error-codes).</summary>
internal static class Featherless
{
    public static readonly Dialect Value = new()
    {
        Name = "featherless",
        LeakedCalls = LeakedShapes.OfOpenModels,
        NotFoundWhenCold = true,
        FaultSigns =
        [
            new FaultSign(400, "model is cold", FaultMeaning.Cold),
            new FaultSign(400, "not ready for inference", FaultMeaning.Cold),
        ],
    };
}
