using System.Collections.Immutable;
using System.Text;
using Codex.ConfigTool.Changes;
using Codex.ConfigTool.Files;
using Codex.Toml;
using Codex.Toml.Diff;
using Codex.Toml.Editing;

namespace Codex.ConfigTool.Doctor;

/// <summary>Plans what <c>--fix</c> writes: the repairs that the findings bring along. Comments behind moved keys move with them.</summary>
internal static class Repair
{
    /// <summary>One repair can show what another one needs: a provider that is chosen at last has a model with a window.</summary>
    private const int MostRounds = 4;

    /// <summary>The findings that can be put right together; of two that set the same key the first counts.</summary>
    public static ImmutableArray<Finding> Choose(IEnumerable<Finding> findings)
    {
        var set = new HashSet<TomlPath>();
        var chosen = ImmutableArray.CreateBuilder<Finding>();
        foreach (var finding in findings.Where(f => !f.Repairs.IsEmpty))
        {
            if (finding.Repairs.All(e => !set.Contains(e.Path)))
                chosen.Add(finding);
            set.UnionWith(finding.Repairs.Select(e => e.Path));
        }

        return chosen.ToImmutable();
    }

    /// <param name="file">As it is now.</param>
    /// <param name="examine">Looks at a valid document.</param>
    public static ChangePlanning Plan(ConfigFile file, Func<TomlDocument, Examination> examine)
    {
        var document = TomlDocument.Parse(file.Bytes.GetValueOrDefault());
        if (!document.IsValid)
            return ChangePlanning.OfDiagnostic(file, document, document.Diagnostics[0]);
        var repaired = document;
        for (var round = 0; round < MostRounds; round++)
        {
            ImmutableArray<TomlEdit> edits = [.. Choose(CheckRegistry.Examine(examine(repaired))).SelectMany(f => f.Repairs)];
            if (edits.IsEmpty)
                break;
            if (TomlEditor.Plan(repaired, edits) is not EditPlanning.Ready { Plan: var plan })
                return ChangePlanning.OfEdits(file, repaired, edits, []);
            if (plan.Apply() is not EditResult.Applied { Document: var after })
                return ChangePlanning.OfEdits(file, repaired, edits, []);
            repaired = WithComments(repaired, edits, plan, after);
        }

        return ChangePlanning.OfText(file, file.Bytes is null ? null : repaired.Bytes, []);
    }

    private static TomlDocument WithComments(TomlDocument document, ImmutableArray<TomlEdit> edits, EditPlan plan, TomlDocument after)
    {
        var insertions = new List<(int At, byte[] Text)>();
        foreach (var removed in edits.OfType<TomlEdit.RemoveKey>())
        {
            if (document.Find(removed.Path) is { } node && after.Find(TomlPath.Of(removed.Path.Last.Key!)) is { } moved
                && plan.RemovedComments.FirstOrDefault(c => c.Position.Line == document.Lines.PositionAt(node.Span.End - 1).Line).Text is { } comment)
            {
                insertions.Add((moved.Span.End, Encoding.UTF8.GetBytes($"  {comment}")));
            }
        }

        var bytes = new List<byte>(after.Bytes.ToArray());
        foreach (var (at, text) in insertions.OrderByDescending(i => i.At))
            bytes.InsertRange(at, text);
        var whole = TomlDocument.Parse(bytes.ToArray());
        // Only if the comments change nothing that is read.
        return whole.IsValid && SemanticDiff.Compare(after, whole).IsEmpty ? whole : after;
    }
}
