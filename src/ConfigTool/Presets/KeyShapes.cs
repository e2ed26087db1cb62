using System.Text.RegularExpressions;

namespace Codex.ConfigTool.Presets;

/// <summary>How the keys of known vendors begin.</summary>
internal static partial class KeyShapes
{
    /// <summary>The text begins like a key.</summary>
    [GeneratedRegex(@"\A(sk|ak|gsk|pk|xai|nvapi|hf|tgp|fw|key)[-_][A-Za-z0-9]|\ABearer\s|\AeyJ", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex AtStart();

    /// <summary>Keys inside other text.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9_-])(sk|ak|gsk|pk|xai|nvapi|hf|tgp)[-_][A-Za-z0-9_.-]{12,}|(?<=Bearer\s+)[A-Za-z0-9_.~+/-]{8,}", RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Inside();
}
