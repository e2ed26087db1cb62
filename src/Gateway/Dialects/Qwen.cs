using System.Collections.Immutable;

namespace Codex.Gateway.Dialects;

/// <summary>Alibaba's Qwen models; its list says names only.</summary>
internal static class Qwen
{
    public static readonly Backend Backend = new()
    {
        Name = "qwen",
        DisplayName = "Qwen on DashScope",
        HostNames = ["dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com", "dashscope-us.aliyuncs.com"],
        // help.aliyun.com/model-studio/models; the longer windows of some versions are left to the configuration.
        ContextWindows = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
        {
            ["qwen3-coder"] = 262_144,
            ["qwen3-max"] = 262_144,
            ["qwen-plus"] = 131_072,
        }.ToImmutableDictionary(),
    };
}
