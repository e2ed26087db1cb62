using System.Text.RegularExpressions;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Aliases that choose a profile whose file is not there: Codex says nothing and starts without it.</summary>
internal static partial class ProfileAliasCheck
{
    public static IEnumerable<Finding> Find(Examination examination) =>
        from line in ShellFiles.Lines(examination.Environment)
        from call in Call().Matches(line.Text)
        let name = call.Groups["name"].Value
        let file = Path.Combine(examination.Place.Home, $"{name}.config.toml")
        where examination.Environment.Files.Describe(file) is null
        select new Finding("W25", $"{line.Place} calls codex -p {Printable.Line(name)}, but there is no {name}.config.toml beside config.toml; Codex starts without it and says nothing",
            $"codex-config profiles add {name} --provider ID, or correct the name");

    [GeneratedRegex(@"\bcodex\b[^;|&#]*?\s(-p|--profile)(\s+|=)['""]?(?<name>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();
}
