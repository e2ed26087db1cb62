using System.Collections.Immutable;
using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Merge;
using Codex.Toml;

namespace Codex.ConfigTool.Providers;

/// <summary>Leaves away what the Codex of this machine does not know.</summary>
internal static class VersionGate
{
    private static readonly ImmutableArray<(TomlPath Path, Version Since, string Effect)> Keys =
    [
        (TomlPath.Of(ConfigKeys.CatalogueUrl), CodexVersions.CatalogueUrl, "so the context window is taken from model_context_window"),
        (TomlPath.Of("agents", "enabled"), CodexVersions.AgentsSwitch, "which would not start with it; some tools stay that are no plain functions"),
    ];

    /// <summary>The version makes a difference for what is to be written.</summary>
    public static bool Matters(ProviderChoice.Made made) => Keys.Any(k => IsWritten(made.Desired, k.Path));

    /// <param name="made">What is to be written.</param>
    /// <param name="version">Of Codex; null when it is not known, and then nothing is left away.</param>
    public static ProviderChoice.Made Apply(ProviderChoice.Made made, Version? version)
    {
        if (version is null)
            return made;
        var notices = made.Notices.RemoveAll(n => n.Code == ChoiceNotices.MinimalToolsVersion);
        var desired = made.Desired;
        foreach (var (path, since, effect) in Keys.Where(k => version.IsBefore(k.Since) && IsWritten(made.Desired, k.Path)))
        {
            // What the user has typed is written all the same.
            if (desired.Table.Any(k => k.Path.Equals(path) && k.Typed is not null))
            {
                notices = notices.Add(new("codex-version", $"{path} is known to Codex from {since} on, and this one is {version}"));
                continue;
            }

            desired = desired with { Table = desired.Table.RemoveAll(k => k.Path.Equals(path)), Settings = desired.Settings.RemoveAll(s => s.Key.Equals(path)) };
            notices = notices.Add(new("codex-version", $"{path} was left away: it needs Codex {since}, and this one is {version}, {effect}"));
        }

        return made with { Desired = desired, Notices = notices };
    }

    private static bool IsWritten(DesiredProvider desired, TomlPath path) =>
        desired.Table.Any(k => k.Path.Equals(path)) || desired.Settings.Any(s => s.Key.Equals(path));
}
