using Codex.Toml.Text;

namespace Codex.Toml.Diagnostics;

/// <summary>A fault of a text or of an edit, with its place.</summary>
/// <param name="Code">What kind of fault it is.</param>
/// <param name="Message">What is wrong, one line without the place.</param>
/// <param name="Hint">What to do about it, when that is known.</param>
/// <param name="Span">The bytes at fault; empty where something is missing.</param>
/// <param name="Position">Line and column of the first byte at fault.</param>
public sealed record TomlDiagnostic(DiagnosticCode Code, string Message, string? Hint, TextSpan Span, LinePosition Position)
{
    /// <summary>The byte offset of the fault.</summary>
    public int Offset => Span.Start;

    public override string ToString() => $"{Position}: {Message}";
}
