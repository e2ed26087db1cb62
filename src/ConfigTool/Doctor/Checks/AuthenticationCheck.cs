using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>A command and a variable for the same key: Codex refuses both together. And a key where only the name of its variable may stand.</summary>
internal static class AuthenticationCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        foreach (var (id, table) in examination.Providers)
        {
            if (!table.Children.TryGetValue(ConfigKeys.EnvKey, out var node))
                continue;
            if (table.Children.ContainsKey(ConfigKeys.Auth))
            {
                yield return new("E07", $"{ConfigKeys.Providers}.{id} has both {ConfigKeys.EnvKey} and {ConfigKeys.Auth}; Codex does not start",
                    "remove one of them", examination.PositionOf(node));
            }

            // The value is not repeated: it may be the key.
            if (ProviderEndpoint.TextAt(node) is not { } name || KeyVariable.Fault(name) is not null)
            {
                yield return new("E14", $"{ConfigKeys.Providers}.{id}: {ConfigKeys.EnvKey} is not the name of an environment variable; it looks as if the key itself were there",
                    $"write the variable's name, such as {VariableFor(id)}, and make a new key if this one was shared", examination.PositionOf(node));
            }
        }
    }

    private static string VariableFor(string id) =>
        Presets.PresetRegistry.All.FirstOrDefault(p => p.Id == id)?.KeyVariable ?? "MY_API_KEY";
}
