namespace Codex.Gateway.Dialects;

/// <summary>Together AI; its list is a bare array with <c>context_length</c> and <c>type</c>.</summary>
internal static class Together
{
    public static readonly Backend Backend = new()
    {
        Name = "together",
        DisplayName = "Together AI",
        HostNames = ["api.together.xyz", "api.together.ai"],
    };
}
