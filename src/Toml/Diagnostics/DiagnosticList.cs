using Codex.Toml.Text;

namespace Codex.Toml.Diagnostics;

/// <summary>Collects faults while reading, and says when to stop.</summary>
internal sealed class DiagnosticList(TomlOptions options, LineIndex lines)
{
    private readonly List<TomlDiagnostic> _all = [];

    public IReadOnlyList<TomlDiagnostic> All => _all;

    /// <summary>No more may be told: strict mode after the first, tolerant mode after the most.</summary>
    public bool IsFull => _all.Count >= (options.Tolerant ? options.MaxDiagnostics : 1);

    /// <summary>Notes a fault. Always false, so that a reader can end with it.</summary>
    public bool Add(DiagnosticCode code, TextSpan span, string message, string? hint = null)
    {
        if (!IsFull)
            _all.Add(new(code, message, hint, span, lines.PositionAt(span.Start)));
        return false;
    }

    public LinePosition PositionAt(int offset) => lines.PositionAt(offset);
}
