using System.Collections.Immutable;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Configuration;

/// <summary>
/// Turns environment variables into settings, as Microsoft.Extensions.Configuration does:
/// <c>CODEX_GATEWAY_Providers__local__BaseUrl</c>. The variables of ASP.NET Core for the address count too, more weakly.
/// </summary>
internal static class EnvironmentSettings
{
    public const string Prefix = "CODEX_GATEWAY_";

    /// <summary>Where clients keep their gateway key, as the README proposes; near to <c>Keys</c>, and no slip.</summary>
    public const string ClientKeyVariable = Prefix + "KEY";

    /// <summary>Weakest first.</summary>
    private static readonly ImmutableArray<string> AddressVariables = ["URLS", "DOTNET_URLS", "ASPNETCORE_URLS"];

    public static SettingNode.Section Read(IReadOnlyDictionary<string, string> variables, IReadOnlyCollection<string> knownKeys)
    {
        var root = new SettingNode.Section(new SettingPlace.Variable(Prefix + "*"), []);
        foreach (var name in AddressVariables)
        {
            if (variables.TryGetValue(name, out var urls) && urls.Length > 0)
                root = SettingOverlay.Merge(root, Nest(["Urls"], name, urls));
        }

        // Sorted, so that two spellings of one key do not depend on the order of a hash table.
        foreach (var (name, value) in variables.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                continue;
            if (name.Equals(ClientKeyVariable, StringComparison.OrdinalIgnoreCase))
                continue;
            var names = name[Prefix.Length..].Split("__");
            if (names.Length > 1 || IsMeantForUs(names[0], knownKeys))
                root = SettingOverlay.Merge(root, Nest(names, name, value));
        }

        return root;
    }

    /// <summary>
    /// A variable that only shares the prefix, such as one that holds a key for <c>ApiKeyEnv</c>, is none of our settings;
    /// one a letter or two from a known key is a slip and is reported with the rest.
    /// </summary>
    private static bool IsMeantForUs(string name, IReadOnlyCollection<string> knownKeys) =>
        NearestNames.Of(name, knownKeys, 1) is [var nearest] && Math.Abs(nearest.Length - name.Length) <= 2 && NearestNames.Distance(name, nearest) <= 0.34;

    private static SettingNode.Section Nest(ReadOnlySpan<string> names, string variable, string value)
    {
        var place = new SettingPlace.Variable(variable);
        SettingNode node = new SettingNode.Scalar(place, ScalarKind.Untyped, value);
        for (var i = names.Length - 1; i >= 0; i--)
            node = new SettingNode.Section(place, [new Setting(names[i], place, node)]);
        return (SettingNode.Section)node;
    }
}
