using System.Collections.Immutable;
using Codex.Agent.Configuration.Layers;
using Codex.Toml.Values;

namespace Codex.Agent.Configuration.Features;

/// <summary>Which features are on: the defaults, <c>[features]</c>, then <c>--enable</c> and <c>--disable</c>.</summary>
public sealed record FeatureSet
{
    public static readonly FeatureSet Default = new(KnownFeatures.Here.ToImmutableSortedDictionary(f => f.Name, f => f.IsOnByDefault, StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, bool> _states;

    private FeatureSet(ImmutableSortedDictionary<string, bool> states) => _states = states;

    /// <summary>The model may run commands.</summary>
    public bool HasCommands => IsOn(KnownFeatures.Commands);

    /// <summary>Commands may go on in the background.</summary>
    public bool HasSessions => IsOn(KnownFeatures.Sessions);

    internal bool IsOn(string name) => _states[name];

    internal static FeatureSet Read(SettingsSection root, SettingsRequest request)
    {
        var states = Default._states;
        foreach (var (name, node) in root.Section("features")?.Table.Items ?? SettingNode.Table.NoItems)
        {
            var path = root.PathOf("features").Append(name);
            if (node is SettingNode.Leaf { Value: not TomlValue.Boolean })
                root.Findings.Fault(node.Origin, path, "must be true or false");
            else if (node is SettingNode.Leaf { Value: TomlValue.Boolean { Value: var isOn } } && states.ContainsKey(name))
                states = states.SetItem(name, isOn);
            else if (KnownFeatures.OfCodexOnly.Contains(name) || states.ContainsKey(name))
                continue;
            else if (request.Strict)
                root.Findings.Fault(node.Origin, path, "is no feature; correct it, or start without --strict-config");
            else
                root.Findings.Warn(node.Origin, path, "is no feature and has no effect; codex-agent features list --all shows the names");
        }

        foreach (var (name, isOn) in request.EnabledFeatures.Select(f => (f, true)).Concat(request.DisabledFeatures.Select(f => (f, false))))
        {
            if (states.ContainsKey(name))
                states = states.SetItem(name, isOn);
            else if (!KnownFeatures.OfCodexOnly.Contains(name))
                root.Findings.Fault($"Unknown feature flag: {name}. codex-agent features list --all shows the names");
            else if (isOn)
                root.Findings.Warn($"--enable {name}: codex-agent does not have this feature of Codex, so nothing changes");
        }

        return new FeatureSet(states);
    }

    public bool Equals(FeatureSet? other) => other is not null && _states.SequenceEqual(other._states);

    public override int GetHashCode() => _states.Count;
}
