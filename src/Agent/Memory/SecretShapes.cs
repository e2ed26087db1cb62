using System.Text.RegularExpressions;

namespace Codex.Agent.Memory;

/// <summary>Knows what keys and passwords look like.</summary>
internal static partial class SecretShapes
{
    public static bool IsIn(string text) => Key().IsMatch(text) || Assignment().IsMatch(text);

    /// <summary>A long run of letters and digits, as keys are made of; private keys; web tokens.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9][A-Za-z]*[0-9])(?=[0-9]*[A-Za-z][0-9]*[A-Za-z])[A-Za-z0-9]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\b(api[_-]?key|passw(or)?d|secret|token|bearer)\b\s*(is|=|:)?\s*[""']?(?=[^\s""']*[0-9])[^\s""']{8,}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();
}
