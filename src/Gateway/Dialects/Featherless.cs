namespace Codex.Gateway.Dialects;

/// <summary>Featherless; its list says <c>context_length</c> and <c>max_completion_tokens</c>.</summary>
internal static class Featherless
{
    public static readonly Backend Backend = new()
    {
        Name = "featherless",
        DisplayName = "Featherless",
        HostNames = ["api.featherless.ai"],
    };
}
