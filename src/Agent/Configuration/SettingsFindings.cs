using Codex.Agent.Configuration.Layers;
using Codex.Toml;

namespace Codex.Agent.Configuration;

/// <summary>Collects what the user is told of the settings. Values never go into it except where a key takes one of a few words.</summary>
internal sealed class SettingsFindings
{
    private readonly List<string> _faults = [];
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Faults => _faults;

    public IReadOnlyList<string> Warnings => _warnings;

    public void Fault(string message) => AddOnce(_faults, message);

    public void Fault(SettingOrigin origin, TomlPath key, string message) => Fault($"{origin.Place}: {key} {message}");

    public void Warn(string message) => AddOnce(_warnings, message);

    public void Warn(SettingOrigin origin, TomlPath key, string message) => Warn($"{origin.Place}: {key} {message}");

    private static void AddOnce(List<string> list, string message)
    {
        if (!list.Contains(message, StringComparer.Ordinal))
            list.Add(message);
    }
}
