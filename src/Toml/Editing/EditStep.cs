using System.Collections.Immutable;
using Codex.Toml.Diagnostics;
using Codex.Toml.Semantics;
using Codex.Toml.Text;

namespace Codex.Toml.Editing;

/// <summary>What one edit does to the text as it is, or why it cannot be done.</summary>
internal abstract record EditStep
{
    private EditStep()
    {
    }

    public static EditStep Nothing { get; } = new Change([]);

    /// <summary>Ordered, not overlapping.</summary>
    public sealed record Change(ImmutableArray<Splice> Splices) : EditStep;

    public sealed record Refused(TomlDiagnostic Diagnostic) : EditStep;

    public static EditStep Of(params IEnumerable<Splice> splices) => new Change([.. splices.OrderBy(s => s.Start)]);

    /// <summary>A refusal at the place where the value is defined, or at the top.</summary>
    public static EditStep Refuse(TomlDocument document, DiagnosticCode code, TomlNode? node, string message, string? hint = null)
    {
        var span = node switch
        {
            null => default,
            { Span.Length: > 0 } => node.Span,
            { FirstSite.Statement: { } statement } => statement.Span,
            _ => default(TextSpan),
        };
        return new Refused(new(code, message, hint, span, document.Lines.PositionAt(span.Start)));
    }
}
