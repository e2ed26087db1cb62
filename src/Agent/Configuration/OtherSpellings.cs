using Codex.Agent.Configuration.Layers;
using Codex.Toml.Values;

namespace Codex.Agent.Configuration;

/// <summary>Tells of keys that are taken under another name, or that cannot do here what they do in Codex.</summary>
internal static class OtherSpellings
{
    public static void Check(SettingsSection root)
    {
        Warn(root, "experimental_instructions_file", "is an older spelling of model_instructions_file");
        Warn(root, "disable_response_storage", "is an older spelling and has no effect: nothing is stored by the server");
        if (root.Find("web_search") is SettingNode.Leaf { Value: TomlValue.String { Value: "live" or "cached" or "indexed" } })
            Warn(root, "web_search", "has no effect: search is a service of OpenAI. Add a search tool with [mcp_servers].");
        if (root.Find("hooks") is not null)
            Warn(root, "hooks", "is not read: nothing runs before or after tools. What must not happen belongs into rules or the sandbox.");
    }

    private static void Warn(SettingsSection root, string key, string message)
    {
        if (root.Find(key) is { } node)
            root.Findings.Warn(node.Origin, root.PathOf(key), message);
    }
}
