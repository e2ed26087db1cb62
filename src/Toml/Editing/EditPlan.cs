using System.Collections.Immutable;
using Codex.Toml.Diagnostics;
using Codex.Toml.Diff;
using Codex.Toml.Syntax;
using Codex.Toml.Text;

namespace Codex.Toml.Editing;

/// <summary>Whether edits can be done.</summary>
public abstract record EditPlanning
{
    private EditPlanning()
    {
    }

    public sealed record Ready(EditPlan Plan) : EditPlanning;

    /// <summary>Nothing was changed; the diagnostic says which edit or which part of the text stands in the way.</summary>
    public sealed record Refused(TomlDiagnostic Diagnostic) : EditPlanning;
}

/// <summary>What became of applying a plan.</summary>
public abstract record EditResult
{
    private EditResult()
    {
    }

    /// <summary>The new text, read again and proven.</summary>
    public sealed record Applied(TomlDocument Document) : EditResult;

    public sealed record Refused(TomlDiagnostic Diagnostic) : EditResult;
}

/// <summary>Splices on the bytes of a text, and what they change in its meaning. Everything outside them stays as it is.</summary>
public sealed class EditPlan
{
    internal EditPlan(TomlDocument original, ImmutableArray<Splice> splices, ImmutableArray<SemanticDifference> difference) =>
        (Original, Splices, Difference) = (original, splices, difference);

    public TomlDocument Original { get; }

    /// <summary>Ordered, not overlapping; empty when the text has all that was asked for already.</summary>
    public ImmutableArray<Splice> Splices { get; }

    /// <summary>How the meaning will change; nothing else may.</summary>
    public ImmutableArray<SemanticDifference> Difference { get; }

    public bool IsEmpty => Splices.IsEmpty;

    /// <summary>
    /// Comments of the text that the plan takes away, with their place. A caller that must not lose a user's words looks here first.
    /// </summary>
    public ImmutableArray<(LinePosition Position, string Text)> RemovedComments =>
        [.. Original.Tokens()
            .Where(t => t.Kind == TokenKind.Comment && Splices.Any(s => s.Start <= t.Start && t.End <= s.End && s.Length > 0))
            .Select(t => (Original.Lines.PositionAt(t.Start), Original.TextOf(t.Span)))];

    /// <summary>
    /// Makes the new text and proves it: it must be valid, differ in meaning by <see cref="Difference"/> and nothing else, and lead back
    /// to the original byte by byte.
    /// </summary>
    public EditResult Apply()
    {
        var text = Splice.Apply(Original.Bytes, Splices);
        var document = TomlDocument.Parse(text, Original.Options);
        if (!document.IsValid)
            return new EditResult.Refused(document.Diagnostics[0]);
        var isProven = SemanticDiff.Compare(Original, document).SequenceEqual(Difference)
            && Splice.Apply(text, Inverse()).AsSpan().SequenceEqual(Original.Bytes.Span);
        return isProven
            ? new EditResult.Applied(document)
            : new EditResult.Refused(TomlEditor.NotProven(document));
    }

    /// <summary>The splices that lead from the new text back to the original, byte by byte.</summary>
    public ImmutableArray<Splice> Inverse() => Splice.Invert(Original.Bytes, Splices);

    /// <summary>The change line by line.</summary>
    public UnifiedDiff UnifiedDiff(int context = 3) => Diff.UnifiedDiff.Of(Original.Bytes, Splices, context);
}
