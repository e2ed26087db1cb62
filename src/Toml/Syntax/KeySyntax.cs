using Codex.Toml.Text;

namespace Codex.Toml.Syntax;

/// <summary>One part of a dotted key.</summary>
/// <param name="Text">The name with quotes and escapes taken off; keys are compared by this.</param>
/// <param name="Span">The part as written.</param>
public readonly record struct KeySegment(string Text, TextSpan Span);

/// <summary>A key as written: one part or several with dots between.</summary>
public sealed class KeySyntax
{
    internal KeySyntax(KeySegment[] segments) => Segments = segments;

    public IReadOnlyList<KeySegment> Segments { get; }

    public TextSpan Span => TextSpan.FromBounds(Segments[0].Span.Start, Segments[^1].Span.End);

    /// <summary>The bytes from the first part to the end of this one.</summary>
    public TextSpan Prefix(int segment) => TextSpan.FromBounds(Segments[0].Span.Start, Segments[segment].Span.End);
}
