using System.Text.RegularExpressions;
using Codex.ConfigTool.Presets;

namespace Codex.ConfigTool.Providers;

/// <summary>Rules for the key of a provider below <c>model_providers</c>.</summary>
public static partial class ProviderId
{
    /// <returns>What is wrong with the id, or null.</returns>
    public static string? Fault(string id)
    {
        if (ReservedIds.Contains(id))
            return $"'{id}' belongs to Codex itself, which does not start with a table of that name; choose another one with --id";
        return Pattern().IsMatch(id) ? null : "a provider id has 1 to 64 letters, digits, '-' or '_'";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
