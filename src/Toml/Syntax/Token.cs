using Codex.Toml.Text;

namespace Codex.Toml.Syntax;

/// <summary>A piece of the text. The tokens of a text joined are its bytes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands, quotes and the like included.</param>
/// <param name="IsTerminated">False for a string without its end.</param>
public readonly record struct Token(TokenKind Kind, TextSpan Span, bool IsTerminated = true)
{
    public int Start => Span.Start;

    public int End => Span.End;

    public bool IsString => Kind is >= TokenKind.BasicString and <= TokenKind.MultiLineLiteralString;
}
