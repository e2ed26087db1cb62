using System.Collections.Frozen;

namespace Codex.Agent.Configuration.Layers;

/// <summary>Settings a project brings along: all but those that decide where data goes and what runs outside of the sandbox.</summary>
internal static class ProjectLayer
{
    private static readonly FrozenSet<string> Refused = new[]
    {
        "openai_base_url", "chatgpt_base_url", "apps_mcp_product_sku", "responses_api_metadata", "model_provider", "model_providers",
        "notify", "profile", "profiles", "otel", "projects",
    }.ToFrozenSet(StringComparer.Ordinal);

    private const string RefusedBeginning = "experimental_realtime_";

    private static readonly string[] RefusedFeature = ["features", "respect_system_proxy"];

    public static SettingNode.Table Allowed(SettingNode.Table table, SettingsFindings findings)
    {
        var ignored = table.Items.Keys.Where(k => Refused.Contains(k) || k.StartsWith(RefusedBeginning, StringComparison.Ordinal)).ToList();
        var allowed = ignored.Aggregate(table, (t, key) => t.Without(key));
        if (table.Find(RefusedFeature) is not null)
        {
            ignored.Add(string.Join('.', RefusedFeature));
            allowed = allowed.With(RefusedFeature[0], ((SettingNode.Table)allowed.Find(RefusedFeature[0])!).Without(RefusedFeature[1]));
        }

        if (ignored.Count > 0)
        {
            findings.Warn(
                $"Ignored unsupported project-local config keys in {table.Origin.Source}: {string.Join(", ", ignored)}. "
                + "If you want these settings to apply, manually set them in your user-level config.toml.");
        }

        return allowed;
    }
}
