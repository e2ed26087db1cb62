namespace Codex.Toml.Syntax;

/// <summary>What a token is. Which meaning it has depends on its place: <c>3.14</c> is three tokens, as key and as number.</summary>
public enum TokenKind
{
    EndOfFile,
    ByteOrderMark,
    Whitespace,
    NewLine,
    Comment,
    Dot,
    Comma,
    Equal,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    BasicString,
    MultiLineBasicString,
    LiteralString,
    MultiLineLiteralString,

    /// <summary>A run of any other bytes: bare keys, numbers, dates, words.</summary>
    Atom,

    /// <summary>A carriage return that ends no line.</summary>
    StrayCarriageReturn,
}
