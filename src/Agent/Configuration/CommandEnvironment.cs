using System.Collections.Frozen;
using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Codex.Agent.Configuration;

/// <summary>The environment of commands, by <c>shell_environment_policy</c>.</summary>
internal static class CommandEnvironment
{
    private const string Key = "shell_environment_policy";

    private static readonly FrozenSet<string> Core =
        new[] { "PATH", "SHELL", "TMPDIR", "TEMP", "TMP", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "USER" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly ImmutableArray<string> Secrets = ["*KEY*", "*SECRET*", "*TOKEN*"];

    /// <summary>Makes programs write plain text without waiting for anybody, as Codex does.</summary>
    private static readonly ImmutableArray<(string Name, string Value)> Plain =
    [
        ("NO_COLOR", "1"), ("TERM", "dumb"), ("COLORTERM", ""), ("LANG", "C.UTF-8"), ("LC_CTYPE", "C.UTF-8"), ("LC_ALL", "C.UTF-8"),
        ("PAGER", "cat"), ("GIT_PAGER", "cat"), ("GH_PAGER", "cat"), ("CODEX_CI", "1"),
    ];

    /// <param name="secretVariables">Hold the provider's keys: dropped whatever the policy says.</param>
    public static ImmutableSortedDictionary<string, string> Read(
        SettingsSection settings, Surroundings around, ImmutableArray<string> secretVariables, bool allowsNetwork)
    {
        var policy = settings.SectionOrEmpty(Key);
        var (exclude, include) = Patterns(policy);
        var inherit = policy.Choice("inherit", ("all", Inherited.All), ("core", Inherited.Core), ("none", Inherited.None)) ?? Inherited.All;
        if (policy.Flag("ignore_default_excludes") is not true)
            exclude = [.. exclude, .. Secrets];
        var set = policy.TextTable("set");

        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in around.Environment)
        {
            var isInherited = inherit == Inherited.All || (inherit == Inherited.Core && Core.Contains(name));
            if (isInherited && !Matches(exclude, name) && !secretVariables.Contains(name, StringComparer.Ordinal))
                all[name] = value;
        }

        foreach (var (name, value) in set)
            all[name] = value;
        if (include.Length > 0)
            all.RemoveRange([.. all.Keys.Where(n => !Matches(include, n))]);
        foreach (var (name, value) in Plain)
        {
            if (!set.ContainsKey(name))
                all[name] = value;
        }

        if (!allowsNetwork)
            all["CODEX_SANDBOX_NETWORK_DISABLED"] = "1";
        return all.ToImmutable();
    }

    /// <summary>Both spellings: two arrays, or one table of patterns.</summary>
    private static (ImmutableArray<string> Exclude, ImmutableArray<string> Include) Patterns(SettingsSection policy)
    {
        var exclude = policy.Texts("exclude") is { IsDefault: false } e ? e : [];
        var include = policy.Texts("include_only") is { IsDefault: false } i ? i : [];
        if (policy.Section("filters") is not { } filters)
            return (exclude, include);
        foreach (var pattern in filters.Table.Items.Keys)
        {
            var action = filters.Choice(pattern, ("exclude", 'e'), ("include", 'i'));
            exclude = action == 'e' ? exclude.Add(pattern) : exclude;
            include = action == 'i' ? include.Add(pattern) : include;
        }

        return (exclude, include);
    }

    private static bool Matches(ImmutableArray<string> patterns, string name) =>
        patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, name, ignoreCase: true));

    private enum Inherited
    {
        All,
        Core,
        None,
    }
}
