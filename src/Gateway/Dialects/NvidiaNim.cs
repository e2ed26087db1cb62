namespace Codex.Gateway.Dialects;

/// <summary>NVIDIA's hosted NIM; its list says names only.</summary>
internal static class NvidiaNim
{
    public static readonly Backend Backend = new()
    {
        Name = "nvidia",
        DisplayName = "NVIDIA NIM",
        HostNames = ["integrate.api.nvidia.com"],
    };
}
