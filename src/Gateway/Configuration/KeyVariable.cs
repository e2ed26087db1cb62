using System.Text.RegularExpressions;

namespace Codex.Gateway.Configuration;

/// <summary>Checks the name of an environment variable that holds a key, without ever repeating what may be the key itself.</summary>
internal static partial class KeyVariable
{
    /// <summary>The reason why the name cannot be used, or null.</summary>
    public static string? Problem(string name, IReadOnlyDictionary<string, string> variables)
    {
        if (!VariableName().IsMatch(name) || LooksLikeKey(name))
            return "takes the NAME of an environment variable, and this looks like the key itself: put the key into a variable such as MY_API_KEY and write \"MY_API_KEY\" here";
        if (!variables.TryGetValue(name, out var value) || string.IsNullOrWhiteSpace(value))
            return $"names the environment variable {name}, which is not set; set it (export {name}=…) before starting";
        return null;
    }

    /// <summary>Long and of mixed case and digits, as keys are and names of variables are not.</summary>
    private static bool LooksLikeKey(string name) =>
        name.Length >= 20 && name.Any(char.IsAsciiLetterLower) && name.Any(char.IsAsciiDigit);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VariableName();
}
