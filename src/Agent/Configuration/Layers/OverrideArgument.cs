using System.Collections.Immutable;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.Agent.Configuration.Layers;

/// <summary>Reads <c>-c key=value</c>: a dotted key, and a value of TOML, else a text.</summary>
internal static class OverrideArgument
{
    private const string Probe = "_";

    public static SettingNode.Table? Read(string argument, string directory, SettingsFindings findings)
    {
        var equals = argument.IndexOf('=');
        if (equals <= 0 || argument[..equals].Trim() is not { Length: > 0 } key)
        {
            // The whole argument may be a secret that lost its key.
            findings.Fault("-c needs key=value, as in -c model=\"qwen3-coder\"");
            return null;
        }

        var keys = TomlPath.TryParse(key, out var path) ? [.. path.Steps.Select(s => s.Key!)] : key.Split('.');
        if (keys.Any(k => k.Length == 0))
        {
            findings.Fault($"-c {key}: the key has an empty part");
            return null;
        }

        var origin = new SettingOrigin("-c", Line: null, directory);
        var node = Value(argument[(equals + 1)..].Trim(), origin);
        foreach (var part in keys.Reverse())
            node = new SettingNode.Table(SettingNode.Table.NoItems.SetItem(part, node), origin);
        return (SettingNode.Table)node;
    }

    private static SettingNode Value(string text, SettingOrigin origin)
    {
        var document = TomlDocument.Parse($"{Probe} = {text}");
        if (document is { IsValid: true, Root.Children.Count: 1 } && document.Root.Children.TryGetValue(Probe, out var node))
            return Node(node.ToValue(), origin);
        return new SettingNode.Leaf(new TomlValue.String(text.Trim('"', '\'')), origin);
    }

    private static SettingNode Node(TomlValue value, SettingOrigin origin) => value is TomlValue.Table table
        ? new SettingNode.Table(table.Pairs.ToImmutableSortedDictionary(p => p.Key, p => Node(p.Value, origin), StringComparer.Ordinal), origin)
        : new SettingNode.Leaf(value, origin);
}
