using System.Text.RegularExpressions;
using Codex.ConfigTool.Presets;

namespace Codex.ConfigTool.Providers;

/// <summary>Rules for the name of the environment variable that holds a key.</summary>
public static partial class KeyVariable
{
    private const int LongestName = 40;

    /// <returns>What is wrong, or null. Never repeats what was given, since it may be a key.</returns>
    public static string? Fault(string name)
    {
        if (LooksLikeKey(name))
            return "--env-key takes the name of an environment variable, and this looks like a key itself; if it is one, take it out of your shell's history";
        return Pattern().IsMatch(name) ? null : "--env-key takes the name of an environment variable: letters, digits and '_', no digit first";
    }

    /// <summary>Starts like the keys of known vendors, or is too long and too mixed for a name.</summary>
    public static bool LooksLikeKey(string text) =>
        KeyShapes.AtStart().IsMatch(text) || (text.Length > LongestName && text.Any(char.IsAsciiDigit));

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
