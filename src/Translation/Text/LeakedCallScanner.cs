using System.Collections.Immutable;
using System.Text;
using Codex.Translation.Dialects;
using Codex.Translation.Translate;

namespace Codex.Translation.Text;

/// <summary>
/// Finds tool calls that a model wrote into its text because the backend's parser missed them (symptom 24). Only the
/// shapes its dialect names are looked for, and only declared tools are ever called; anything else stays text.
/// </summary>
internal sealed class LeakedCallScanner(ImmutableArray<LeakedCallShape> shapes, ToolMap tools)
{
    private const int LongestCapture = 256 * 1024;

    private readonly StringBuilder _held = new();
    private LeakedCallShape? _capturing;

    public void Push(string text, List<ContentPiece> pieces)
    {
        // Nearly all text holds neither of the two characters a marker can begin with.
        if (_held.Length == 0 && text.AsSpan().IndexOfAny('<', '[') < 0)
        {
            AddText(text, pieces);
            return;
        }

        _held.Append(text);
        while (_held.Length > 0 && (_capturing is null ? Pass(pieces) : Capture(pieces, atEnd: false)))
        {
        }
    }

    /// <param name="cut">The answer was cut: nothing that is not closed may become a call.</param>
    public void Flush(bool cut, List<ContentPiece> pieces)
    {
        while (_held.Length > 0)
        {
            if (_capturing is not null && !cut && Capture(pieces, atEnd: true))
                continue;
            _capturing = null;
            AddText(Take(_held.Length), pieces);
        }
    }

    /// <summary>Lets text through up to where a marker begins or may begin.</summary>
    private bool Pass(List<ContentPiece> pieces)
    {
        var text = _held.ToString();
        var (at, shape) = FirstMarker(text);
        if (at >= 0)
        {
            AddText(Take(at), pieces);
            _capturing = shape;
            return true;
        }

        var held = 0;
        foreach (var possible in shapes)
        {
            foreach (var marker in LeakedCallText.Markers(possible))
                held = Math.Max(held, TagMatch.PartialAtEnd(text, marker));
        }

        AddText(Take(text.Length - held), pieces);
        return false;
    }

    private bool Capture(List<ContentPiece> pieces, bool atEnd)
    {
        var text = _held.ToString();
        var found = LeakedCallText.Read(_capturing!.Value, text, atEnd);
        switch (found)
        {
            case LeakedText.NeedsMore when text.Length <= LongestCapture && !atEnd:
                return false;
            case LeakedText.Calls calls when calls.All.All(c => ToolNameMatch.Find(tools, c.Name) is not null):
                foreach (var call in calls.All)
                    pieces.Add(call);
                Take(calls.Length);
                break;
            case LeakedText.Plain plain:
                if (plain.Piece is not null)
                    pieces.Add(plain.Piece);
                Take(plain.Length);
                break;
            default:
                // Not a call after all, or of a tool nobody declared: the marker is passed on and the search goes on behind it.
                AddText(Take(LeakedCallText.MarkerLength(_capturing.Value, text)), pieces);
                break;
        }

        _capturing = null;
        return true;
    }

    private (int At, LeakedCallShape Shape) FirstMarker(string text)
    {
        var first = (At: -1, Shape: default(LeakedCallShape));
        foreach (var shape in shapes)
        {
            foreach (var marker in LeakedCallText.Markers(shape))
            {
                var at = text.IndexOf(marker, StringComparison.Ordinal);
                if (at >= 0 && (first.At < 0 || at < first.At))
                    first = (at, shape);
            }
        }

        return first;
    }

    private static void AddText(string text, List<ContentPiece> pieces)
    {
        if (text.Length > 0)
            pieces.Add(new ContentPiece.Text(text));
    }

    private string Take(int length)
    {
        var text = _held.ToString(0, length);
        _held.Remove(0, length);
        return text;
    }
}
