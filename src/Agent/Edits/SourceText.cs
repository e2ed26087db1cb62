using System.Collections.Immutable;
using System.Text;

namespace Codex.Agent.Edits;

/// <param name="Ending">LF, CRLF or a lone CR; empty only for a last line without one.</param>
public readonly record struct SourceLine(string Text, string Ending);

/// <summary>A file as its lines, each with the ending it has.</summary>
public sealed record SourceText(ImmutableArray<SourceLine> Lines)
{
    /// <summary>The first ending found, which new lines get too.</summary>
    public string NewLine => Lines.FirstOrDefault(l => l.Ending is { Length: > 0 }).Ending ?? "\n";

    public ImmutableArray<string> Texts => [.. Lines.Select(l => l.Text)];

    public static SourceText Parse(string text)
    {
        var lines = ImmutableArray.CreateBuilder<SourceLine>();
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAny('\r', '\n');
            if (length < 0)
            {
                lines.Add(new SourceLine(text[at..], ""));
                break;
            }

            var end = at + length;
            var ending = text.AsSpan(end).StartsWith("\r\n") ? "\r\n" : text[end].ToString();
            lines.Add(new SourceLine(text[at..end], ending));
            at = end + ending.Length;
        }

        return new SourceText(lines.ToImmutable());
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in Lines)
            text.Append(line.Text).Append(line.Ending);
        return text.ToString();
    }
}
