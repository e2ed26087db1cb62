namespace Codex.Gateway.Dialects;

/// <summary>Tensormesh's serverless inference, at serverless.tensormesh.ai/v1.</summary>
internal static class Tensormesh
{
    public static readonly Backend Backend = new()
    {
        Name = "tensormesh",
        DisplayName = "Tensormesh",
        HostNames = ["tensormesh.ai"],
        // Its guide for Codex: the prefix selects the environment; a key of another one is answered 5xx.
        Keys = new KeyRule([new("ak-dev-", "dev"), new("ak-staging-", "staging"), new("ak-live-", "production")]),
        HidesRefusedKeys = true,
    };
}
