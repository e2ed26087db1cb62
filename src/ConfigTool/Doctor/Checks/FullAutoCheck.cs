namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Aliases that still use an option Codex has no more.</summary>
internal static class FullAutoCheck
{
    private const string Option = "--full-auto";

    public static IEnumerable<Finding> Find(Examination examination) =>
        from line in ShellFiles.Lines(examination.Environment)
        where line.Text.Contains("codex", StringComparison.Ordinal) && line.Text.Contains(Option, StringComparison.Ordinal)
        select new Finding("W17", $"{line.Place} calls codex with {Option}, which Codex 0.128 took away: unexpected argument '{Option}' found",
            "-s workspace-write -a never, with codex exec only -s workspace-write");
}
