using System.Text;
using Codex.Toml.Diagnostics;
using Codex.Toml.Diff;
using Codex.Toml.Editing;
using Codex.Toml.Syntax;
using Codex.Toml.Tests.Diff;

namespace Codex.Toml.Tests.Editing;

/// <summary>What must hold for every plan, whatever the text and the edit.</summary>
internal static class EditProof
{
    private static readonly DiagnosticCode[] Reasons =
        [DiagnosticCode.NoSuchPath, DiagnosticCode.EditNotPossible, DiagnosticCode.DuplicateKey, DiagnosticCode.DuplicateTable, DiagnosticCode.NotATable];

    /// <summary>Plans an edit, checks what comes out, and returns the new text; null when the edit was refused for a good reason.</summary>
    public static TomlDocument? Check(TomlDocument document, TomlEdit edit)
    {
        var told = $"{edit}\n---\n{Encoding.UTF8.GetString(document.Bytes.Span)}";
        var planning = TomlEditor.Plan(document, edit);
        if (planning is EditPlanning.Refused refused)
        {
            Reasons.ShouldContain(refused.Diagnostic.Code, told);
            return null;
        }

        var plan = ((EditPlanning.Ready)planning).Plan;
        var after = plan.Apply().ShouldBeOfType<EditResult.Applied>(told).Document;
        told += $"\n--- became\n{Encoding.UTF8.GetString(after.Bytes.Span)}";

        SemanticDiff.Compare(document, after).ShouldBe(plan.Difference, told);
        DifferenceIsThe(edit, plan, told);
        OtherLinesStay(document, edit, plan, told);
        Splice.Apply(after.Bytes, plan.Inverse()).ShouldBe(document.Bytes.ToArray(), told);
        Comments(after).Concat(plan.RemovedComments.Select(c => c.Text)).Order(StringComparer.Ordinal)
            .ShouldBe(Comments(document).Order(StringComparer.Ordinal), told);
        after.HasByteOrderMark.ShouldBe(document.HasByteOrderMark, told);
        if (HasLastLine(document) && HasLastLine(after))
            after.EndsWithNewline.ShouldBe(document.EndsWithNewline, told);
        DiffApplication.Apply(document.Bytes, plan.UnifiedDiff()).ShouldBe(after.Bytes.ToArray(), told);
        return after;
    }

    /// <summary>A blank last line cannot show that its line end is missing.</summary>
    private static bool HasLastLine(TomlDocument document) =>
        document.Lines.Count > 0 && !string.IsNullOrWhiteSpace(document.TextOf(document.Lines.Content(document.Lines.Count - 1)).Trim('\uFEFF'));

    private static IEnumerable<string> Comments(TomlDocument document) =>
        document.Tokens().Where(t => t.Kind == TokenKind.Comment).Select(t => document.TextOf(t.Span));

    private static void DifferenceIsThe(TomlEdit edit, EditPlan plan, string told)
    {
        plan.Difference.IsEmpty.ShouldBe(plan.Splices.IsEmpty, told);
        plan.Difference.Where(d => !Concerns(d.Path, edit.Path) && !(edit is TomlEdit.RenameKey rename && Concerns(d.Path, edit.Path.Parent.Append(rename.Name))))
            .ShouldBeEmpty(told);
        if (edit is TomlEdit.RemoveKey or TomlEdit.RemoveTable)
            plan.Difference.ShouldHaveSingleItem(told).ShouldNotBeOfType<SemanticDifference.Added>(told);
    }

    /// <summary>What is added takes no line away but the one it is put into; what is removed brings none but the one it is cut out of.</summary>
    private static void OtherLinesStay(TomlDocument document, TomlEdit edit, EditPlan plan, string told)
    {
        var lines = plan.UnifiedDiff().Hunks.SelectMany(h => h.Lines).ToList();
        var (gone, come) = (lines.Count(l => l.Kind == DiffLineKind.Removed), lines.Count(l => l.Kind == DiffLineKind.Added));
        var node = document.Find(edit.Path);
        // The byte order mark stays while the line behind it goes: that line changes, too.
        var most = document.HasByteOrderMark ? 2 : 1;
        switch (edit)
        {
            case TomlEdit.SetValue or TomlEdit.AddTable when node is null or { Span.Length: 0 }:
                gone.ShouldBeLessThanOrEqualTo(most, told);
                break;
            case TomlEdit.RenameKey:
                gone.ShouldBe(come, told);
                break;
            case TomlEdit.RemoveKey or TomlEdit.RemoveTable:
                come.ShouldBeLessThanOrEqualTo(Math.Max(most, 2 * node!.Sites.Count(s => s.Statement is PairSyntax { InlineTable: not null })), told);
                break;
        }
    }

    private static bool Concerns(TomlPath difference, TomlPath edited) => difference.StartsWith(edited) || edited.StartsWith(difference);
}
