using System.Collections.Immutable;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.Toml;
using Codex.Toml.Diagnostics;
using Codex.Toml.Diff;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Changes;

/// <summary>What will happen to a file.</summary>
/// <param name="File">As it was read.</param>
/// <param name="After">The new text; null to remove the file.</param>
/// <param name="Differences">How the meaning changes.</param>
/// <param name="Splices">From the old text to the new one.</param>
/// <param name="Notices">What the user should know.</param>
internal sealed record PlannedChange(
    ConfigFile File,
    ReadOnlyMemory<byte>? After,
    ImmutableArray<SemanticDifference> Differences,
    ImmutableArray<Splice> Splices,
    ImmutableArray<Notice> Notices)
{
    private const int DiffContext = 3;

    /// <summary>Who may do what with the file when it has to be made; for the owner only when null.</summary>
    public FileRights? Rights { get; init; }

    public ReadOnlyMemory<byte> Before => File.Bytes.GetValueOrDefault();

    public bool IsEmpty => After is null ? File.Bytes is null : File.Bytes is not null && Splices.IsEmpty;

    /// <summary>The differences with each provider by itself, also when it is the first or the last.</summary>
    public IEnumerable<SemanticDifference> ByProvider() => Differences.SelectMany(d => d switch
    {
        SemanticDifference.Added { New: TomlValue.Table table } added when IsProviders(d) => table.Pairs.Select(p => new SemanticDifference.Added(added.Path.Append(p.Key), p.Value)),
        SemanticDifference.Removed { Old: TomlValue.Table table } removed when IsProviders(d) => table.Pairs.Select(p => new SemanticDifference.Removed(removed.Path.Append(p.Key), p.Value)),
        _ => (IEnumerable<SemanticDifference>)[d],
    });

    public UnifiedDiff Diff() => UnifiedDiff.Of(Before, Splices, DiffContext);

    private static bool IsProviders(SemanticDifference difference) => difference.Path.Length == 1 && difference.Path.Last.Key == ConfigKeys.Providers;
}

/// <summary>Whether a change can be made.</summary>
internal abstract record ChangePlanning
{
    private const string ReportHint = "please report this with the file, secrets removed";

    private ChangePlanning()
    {
    }

    public sealed record Ready(PlannedChange Change) : ChangePlanning;

    public sealed record Refused(Refusal Refusal, ImmutableArray<MergeConflict> Conflicts = default) : ChangePlanning;

    /// <summary>A change made of edits, proven by reading the result.</summary>
    public static ChangePlanning OfEdits(ConfigFile file, TomlDocument document, ImmutableArray<TomlEdit> edits, ImmutableArray<Notice> notices)
    {
        var planning = TomlEditor.Plan(document, edits);
        if (planning is EditPlanning.Refused { Diagnostic: var diagnostic })
            return OfDiagnostic(file, document, diagnostic);
        var plan = ((EditPlanning.Ready)planning).Plan;
        return plan.Apply() switch
        {
            EditResult.Applied applied when SizeGuard.LosesText(document, applied.Document, plan.Difference) => new Refused(
                new(ExitCodes.InternalCheck, $"{file.Name} would get shorter although nothing is to be removed; nothing was written", ReportHint)),
            EditResult.Applied applied => new Ready(new(file, plan.IsEmpty ? file.Bytes : applied.Document.Bytes, plan.Difference, plan.Splices, notices)),
            EditResult.Refused refused => OfDiagnostic(file, document, refused.Diagnostic),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>A change to a text that is known, such as one from a backup.</summary>
    /// <param name="file">As it was read.</param>
    /// <param name="after">The new text; null to remove the file.</param>
    /// <param name="notices">What the user should know.</param>
    /// <param name="rights">Who may do what with the file when it has to be made.</param>
    public static ChangePlanning OfText(ConfigFile file, ReadOnlyMemory<byte>? after, ImmutableArray<Notice> notices, FileRights? rights = null)
    {
        var (before, next) = (TomlDocument.Parse(file.Bytes.GetValueOrDefault()), TomlDocument.Parse(after.GetValueOrDefault()));
        ImmutableArray<SemanticDifference> differences = before.IsValid && next.IsValid ? SemanticDiff.Compare(before, next) : [];
        return new Ready(new(file, after, differences, LineDifference.Splices(before, next), notices) { Rights = rights });
    }

    /// <summary>The fault in its line.</summary>
    public static Refused OfDiagnostic(ConfigFile file, TomlDocument document, TomlDiagnostic diagnostic) => diagnostic.Code == DiagnosticCode.EditNotProven
        ? new(new(ExitCodes.InternalCheck, $"{file.Name}: {diagnostic.Message}", ReportHint))
        : new(new(ExitCodes.InvalidConfiguration, diagnostic.Render(document, file.Name, SecretMask.Cover)));
}
