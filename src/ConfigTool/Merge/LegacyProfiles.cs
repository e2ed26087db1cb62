using Codex.Toml;
using Codex.Toml.Semantics;

namespace Codex.ConfigTool.Merge;

/// <summary>Profiles inside config.toml: fine up to Codex 0.131, an error or ignored from 0.134 on.</summary>
internal static class LegacyProfiles
{
    /// <summary>Code of the notice that one of them is chosen.</summary>
    public const string Chosen = "legacy-profile";

    public static IEnumerable<Notice> Notices(TomlDocument document)
    {
        if (document.Find(TomlPath.Of(ConfigKeys.Profile)) is { } chosen)
        {
            yield return new(Chosen, "'profile' stops Codex 0.134 and later from starting; remove it and use codex -p NAME with NAME.config.toml",
                MergePlanner.PositionOf(document, chosen));
        }

        if (document.Find(TomlPath.Of(ConfigKeys.Profiles)) is TableNode { Children.Count: > 0 } profiles)
        {
            var names = string.Join(", ", profiles.Children.Keys);
            yield return new("legacy-profiles", $"Codex 0.134 and later read profiles from NAME.config.toml, not from [profiles] ({names})",
                MergePlanner.PositionOf(document, profiles));
        }
    }
}
