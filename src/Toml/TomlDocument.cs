using System.Text;
using Codex.Toml.Diagnostics;
using Codex.Toml.Semantics;
using Codex.Toml.Syntax;
using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.Toml;

/// <summary>
/// A text of TOML that was read: its bytes as they are, what they define, where each definition stands, and what is wrong with them.
/// Reading takes time linear in the length and never throws; a text that cannot be read has diagnostics.
/// </summary>
public sealed class TomlDocument
{
    private TomlDocument(ReadOnlyMemory<byte> bytes, TomlOptions options, LineIndex lines, DiagnosticList diagnostics, DocumentReader reader)
    {
        (Bytes, Options, Lines) = (bytes, options, lines);
        (Root, Sections, Diagnostics) = (reader.Root, reader.Sections, diagnostics.All);
    }

    /// <summary>The bytes that were read. They are not copied: whoever gave them leaves them as they are.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public TomlOptions Options { get; }

    public LineIndex Lines { get; }

    /// <summary>The table of the whole text. Not whole when there are diagnostics.</summary>
    public TableNode Root { get; }

    /// <summary>Headers with their pairs in the order of the text; the first has no header.</summary>
    public IReadOnlyList<SectionSyntax> Sections { get; }

    /// <summary>What is wrong, in the order of the text; at most one unless <see cref="TomlOptions.Tolerant"/>.</summary>
    public IReadOnlyList<TomlDiagnostic> Diagnostics { get; }

    public bool IsValid => Diagnostics.Count == 0;

    public bool HasByteOrderMark => Bytes.Span.StartsWith(Tokenizer.ByteOrderMark);

    /// <summary>What most lines end with; the line feed for a text without lines.</summary>
    public LineEnding LineEnding => LineEndings.Majority(Bytes.Span);

    /// <summary>The last line is ended; false for an empty text.</summary>
    public bool EndsWithNewline => Bytes.Span.EndsWith("\n"u8);

    public static TomlDocument Parse(ReadOnlyMemory<byte> bytes, TomlOptions? options = null)
    {
        options ??= TomlOptions.Default;
        var lines = new LineIndex(bytes);
        var diagnostics = new DiagnosticList(options, lines);
        var reader = new DocumentReader(bytes, options, diagnostics);
        if (bytes.Length > options.MaxBytes)
            diagnostics.Add(DiagnosticCode.TooLarge, default, $"the text has {bytes.Length} bytes, more than the {options.MaxBytes} allowed");
        else if (StrictUtf8.FirstInvalid(bytes.Span) is var bad and >= 0)
            diagnostics.Add(DiagnosticCode.NotUtf8, new(bad, 1), $"byte 0x{bytes.Span[bad]:X2} at offset {bad} is not UTF-8", "save the file as UTF-8");
        else
            reader.Read();
        return new(bytes, options, lines, diagnostics, reader);
    }

    /// <summary>Reads a text; unpaired surrogates become U+FFFD.</summary>
    public static TomlDocument Parse(string text, TomlOptions? options = null) => Parse(Encoding.UTF8.GetBytes(text), options);

    /// <summary>All tokens up to the end. Joined they are the bytes, whether the text is valid or not.</summary>
    public IEnumerable<Token> Tokens()
    {
        for (var at = 0; at < Bytes.Length;)
        {
            var token = Tokenizer.Scan(Bytes.Span, at);
            yield return token;
            at = token.End;
        }
    }

    /// <summary>The value at a path, or null.</summary>
    public TomlNode? Find(TomlPath path)
    {
        TomlNode? node = Root;
        foreach (var step in path.Steps)
        {
            node = node switch
            {
                TableNode table when step.IsKey => table.TryGet(step.Key, out var child) ? child : null,
                ArrayNode array when !step.IsKey && step.Index >= 0 && step.Index < array.Items.Count => array.Items[step.Index],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>The bytes of a span as text.</summary>
    public string TextOf(TextSpan span) => Encoding.UTF8.GetString(Bytes.Span.Slice(span.Start, span.Length));

    public TomlValue.Table ToValue() => (TomlValue.Table)Root.ToValue();
}
