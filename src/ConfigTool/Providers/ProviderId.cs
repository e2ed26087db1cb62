using System.Text.RegularExpressions;

namespace Codex.ConfigTool.Providers;

/// <summary>Rules for the key of a provider below <c>model_providers</c>.</summary>
public static partial class ProviderId
{
    /// <returns>What is wrong with the id, or null.</returns>
    public static string? Fault(string id) => Pattern().IsMatch(id) ? null : "a provider id has 1 to 64 letters, digits, '-' or '_'";

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
