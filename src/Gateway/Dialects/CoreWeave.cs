namespace Codex.Gateway.Dialects;

/// <summary>CoreWeave's serverless inference, offered through Weights &amp; Biases.</summary>
internal static class CoreWeave
{
    public static readonly Backend Backend = new()
    {
        Name = "coreweave",
        DisplayName = "CoreWeave",
        HostNames = ["api.inference.wandb.ai", "coreweave.com"],
    };
}
