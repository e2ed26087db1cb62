namespace Codex.Gateway.Dialects;

/// <summary>Volcengine Ark; models are asked for by the names of the user's own endpoints, so there is no table.</summary>
internal static class Volcengine
{
    public static readonly Backend Backend = new()
    {
        Name = "volcengine",
        DisplayName = "Volcengine Ark",
        HostNames = ["volces.com"],
    };
}
