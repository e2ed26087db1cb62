namespace Codex.Toml.Diagnostics;

/// <summary>What kind of fault a <see cref="TomlDiagnostic"/> tells.</summary>
public enum DiagnosticCode
{
    TooLarge,
    NotUtf8,
    TooDeep,
    ControlCharacter,
    UnterminatedString,
    BadEscape,
    BadNumber,
    NumberOutOfRange,
    BadDateTime,
    BadValue,
    BadKey,
    BadHeader,
    BadArray,
    BadInlineTable,
    ExpectedEquals,
    ExpectedLineEnd,
    NeedsNewerVersion,
    DuplicateKey,
    DuplicateTable,
    NotATable,

    /// <summary>An edit names something that is not there.</summary>
    NoSuchPath,

    /// <summary>An edit would have to replace a table, or change an array's length.</summary>
    EditNotPossible,

    /// <summary>The text that came out of an edit does not mean what was asked: a fault in this library, found before anything was written.</summary>
    EditNotProven,
}
