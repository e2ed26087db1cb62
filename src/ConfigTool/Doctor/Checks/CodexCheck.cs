using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Merge;
using Codex.Toml.Text;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>What Codex itself says of the file, which version it is, and what that version lacks.</summary>
internal static class CodexCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Codex is not { } codex)
            yield break;
        var name = codex.Version is { } version ? $"Codex {version}" : $"Codex ({codex.Path})";
        switch (examination.Verdict)
        {
            case CodexVerdict.Refuses { Complaint: var complaint }:
                yield return new("E16", $"{name} does not start: {complaint.Words}", $"ask it again: {codex.Path} features list", At(examination, complaint));
                break;
            case CodexVerdict.Overlooks { Complaint: var complaint } when !IsTold(examination, complaint):
                yield return new("W22", $"{name} passes over something: {complaint.Words}", "codex --strict-config tells the same", At(examination, complaint));
                break;
            case CodexVerdict.Unknown { Reason: var reason }:
                yield return new("I02", $"{name} could not be asked about the file: {reason}");
                break;
        }

        var accepts = examination.Verdict is CodexVerdict.Accepts { IsStrict: var strict } ? $" takes the file{(strict ? " and knows every key in it" : "")}"
            : examination.Verdict is CodexVerdict.Overlooks ? " starts with the file" : " is on this machine";
        yield return new("I02", $"{name}{accepts}{Limits(codex.Version)}");
        if (codex.Version.IsBefore(CodexVersions.CatalogueUrl))
        {
            foreach (var (id, table) in examination.Providers)
            {
                if (table.Children.TryGetValue(ConfigKeys.CatalogueUrl, out var node))
                    yield return new("W23", $"{ConfigKeys.Providers}.{id}.{ConfigKeys.CatalogueUrl} needs Codex {CodexVersions.CatalogueUrl}; {name} passes over it", $"set {ConfigKeys.ContextWindow}, or update Codex", examination.PositionOf(node));
            }
        }
    }

    private static string Limits(Version? version)
    {
        string[] limits =
        [
            .. version.IsBefore(CodexVersions.ProfileFiles) ? ["no profile files (codex -p NAME)"] : Array.Empty<string>(),
            .. version.IsBefore(CodexVersions.CatalogueUrl) ? [$"no {ConfigKeys.CatalogueUrl}"] : Array.Empty<string>(),
        ];
        return limits.Length > 0 ? $"; it has {string.Join(" and ", limits)}" : "";
    }

    /// <summary>Another check has told of that line in better words.</summary>
    private static bool IsTold(Examination examination, CodexComplaint complaint) =>
        At(examination, complaint) is { } at && RootKeyOrderCheck.Find(examination).Concat(UnknownKeyCheck.Find(examination)).Any(f => f.Position?.Line == at.Line);

    private static LinePosition? At(Examination examination, CodexComplaint complaint) =>
        complaint is { Line: { } line, Column: { } column } && complaint.File == examination.Place.File ? new(line, column) : null;
}
