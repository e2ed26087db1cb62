namespace Codex.Gateway.Dialects;

/// <summary>Tensormesh's serverless inference, at serverless.tensormesh.ai/v1.</summary>
internal static class Tensormesh
{
    public static readonly Backend Backend = new()
    {
        Name = "tensormesh",
        DisplayName = "Tensormesh",
        HostNames = ["tensormesh.ai"],
    };
}
