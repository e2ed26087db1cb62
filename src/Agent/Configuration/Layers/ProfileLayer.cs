using System.Text.RegularExpressions;
using Codex.Toml;

namespace Codex.Agent.Configuration.Layers;

/// <summary>
/// The settings of a profile: the file <c>NAME.config.toml</c>, and below it the older table <c>[profiles.NAME]</c>,
/// which Codex no longer starts with.
/// </summary>
internal static partial class ProfileLayer
{
    private const string NameKey = "profile";
    private const string TablesKey = "profiles";

    /// <param name="below">System and user layers, which may hold the older spellings.</param>
    /// <param name="overrides">Of <c>-c</c>, which may name the profile too.</param>
    /// <param name="asked">After <c>-p</c>.</param>
    /// <returns>What the profile says; null when none is chosen.</returns>
    public static SettingNode.Table? Read(SettingNode.Table below, SettingNode.Table overrides, string? asked, string home, SettingsFindings findings)
    {
        var root = new SettingsSection(below.Under(overrides), TomlPath.Root, findings);
        var name = asked ?? root.Text(NameKey);
        if (name is null)
            return null;
        var place = asked is null ? $"{root.Find(NameKey)!.Origin.Place}: {NameKey}" : "-p";
        if (!ProfileName().IsMatch(name))
        {
            findings.Fault($"{place} \"{name}\" is no name of a profile; it may have letters, digits, '-', '_' and '.'");
            return null;
        }

        var file = Path.Combine(home, $"{name}.config.toml");
        var written = ConfigFile.Read(file, findings);
        var table = root.Section(TablesKey)?.Section(name)?.Table;
        if (table is not null)
            findings.Warn($"{table.Origin.Place}: [profiles.{name}] is an older spelling that Codex itself refuses; move its keys to {file}");
        else if (asked is null && written is not null)
            findings.Warn($"{place} is an older spelling that Codex itself refuses; remove it and use -p {name}");
        if (table is null && written is null && findings.Faults.Count == 0)
        {
            var known = Known(home, root.Section(TablesKey)?.Table);
            findings.Fault($"{place}: there is no profile \"{name}\"; write {file}{(known.Length == 0 ? "" : $", or use one of: {known}")}");
        }

        return table is null || written is null ? table ?? written : table.Under(written);
    }

    private static string Known(string home, SettingNode.Table? tables)
    {
        const string Ending = ".config.toml";
        IEnumerable<string> files = Directory.Exists(home) ? Directory.EnumerateFiles(home, "*" + Ending).Select(f => Path.GetFileName(f)[..^Ending.Length]) : [];
        return string.Join(", ", files.Concat(tables?.Items.Keys ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^(?!\.)[A-Za-z0-9._-]+$", RegexOptions.None, 1000)]
    private static partial Regex ProfileName();
}
