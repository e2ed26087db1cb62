using Codex.ConfigTool.Merge;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Profiles;

/// <summary>A profile with a model of its own gets the context window of the configuration below it, which is of another model.</summary>
internal static class InheritedWindow
{
    public static IEnumerable<Notice> Notices(TomlDocument below, IEnumerable<KeyValuePair<string, TomlValue>> root)
    {
        var keys = root.ToDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);
        if (keys.TryGetValue(ConfigKeys.Model, out var model) && !keys.ContainsKey(ConfigKeys.ContextWindow)
            && below.Find(TomlPath.Of(ConfigKeys.ContextWindow)) is { } window && below.Find(TomlPath.Of(ConfigKeys.Model))?.ToValue().Equals(model) != true)
        {
            yield return new("context-window", $"{ConfigKeys.ContextWindow} = {ValueWriter.Write(window.ToValue())} of config.toml holds for this profile as well; it is of another model");
        }
    }
}
