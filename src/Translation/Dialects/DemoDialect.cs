namespace Codex.Translation.Dialects;

/// <summary>The scripted model inside the gateway: the plainest form of everything.</summary>
internal static class DemoDialect
{
    public static readonly Dialect Value = new()
    {
        Name = "demo",
        ThinkTags = null,
        Images = ImageSupport.Any,
        Fields = SamplingFields.All,
    };
}
