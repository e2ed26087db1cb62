using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.Toml;

namespace Codex.ConfigTool.Profiles;

/// <summary>Profiles that name a provider, which do not start without it.</summary>
internal static class ProfileReferences
{
    /// <param name="files">The system's files.</param>
    /// <param name="home">Codex's directory.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="provider">The provider that goes.</param>
    /// <param name="changing">Files that are changed along with it.</param>
    public static IEnumerable<Notice> Notices(FileSystem files, string home, TomlDocument config, string provider, IReadOnlyCollection<string> changing)
    {
        var profiles = Profile.All(files, home, config).Where(p => p.Provider == provider).ToList();
        var inFiles = profiles.Where(p => !p.IsLegacy && !changing.Contains(ProfileFiles.PathOf(home, p.Name))).Select(p => p.Name).ToList();
        if (inFiles.Count > 0)
        {
            yield return new("profiles", $"{Count(inFiles.Count)} with \"{provider}\" will not start without it: {string.Join(", ", inFiles)}; "
                + $"codex-config use ID --profile {inFiles[0]} gives another provider, codex-config profiles remove {inFiles[0]} removes it");
        }

        if (profiles.Where(p => p.IsLegacy).Select(p => p.Name).ToList() is { Count: > 0 } tables)
            yield return new("legacy-profiles", $"{Count(tables.Count)} with \"{provider}\" in [profiles] of config.toml: {string.Join(", ", tables)}");
    }

    private static string Count(int count) => count == 1 ? "1 profile" : $"{count} profiles";
}
