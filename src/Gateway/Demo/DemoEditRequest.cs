using System.Text.RegularExpressions;

namespace Codex.Gateway.Demo;

/// <summary>Finds "replace OLD with NEW in FILE" in a prompt.</summary>
internal static partial class DemoEditRequest
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const int TimeoutMilliseconds = 1000;

    public static DemoIntent.EditFile? Read(string prompt)
    {
        var match = Replacement().Match(prompt);
        return match.Success
            ? new DemoIntent.EditFile(match.Groups["path"].Value, match.Groups["old"].Value, match.Groups["new"].Value)
            : null;
    }

    [GeneratedRegex(
        @"\b(?:replace|change)\s+(?<a>[`""']?)(?<old>[^\n`""']{1,200}?)\k<a>\s+(?:with|by|to|into)\s+(?<b>[`""']?)(?<new>[^\n`""']{1,200}?)\k<b>\s+in\s+(?:the\s+)?(?:file\s+)?[`""']?(?<path>[\w./-]*\.?[\w-]+\.[A-Za-z]\w{0,9})(?![\w/])",
        Options, TimeoutMilliseconds)]
    private static partial Regex Replacement();
}
