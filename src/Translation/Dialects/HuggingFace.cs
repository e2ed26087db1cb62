namespace Codex.Translation.Dialects;

/// <summary>Hugging Face endpoints scale to zero: 503, and 500 while the instance comes up.</summary>
internal static class HuggingFace
{
    public static readonly Dialect Value = new()
    {
        Name = "huggingface",
        LeakedCalls = LeakedShapes.OfOpenModels,
        NotFoundWhenCold = true,
        FaultSigns =
        [
            new FaultSign(503, "", FaultMeaning.Cold),
            new FaultSign(500, "scaled to zero", FaultMeaning.Cold),
        ],
    };
}
