using System.Text.Json;
using Codex.Translation.Arguments;

namespace Codex.Agent.Edits.Tolerant;

/// <summary>Reads what a model sent as a patch: strictly where that works, else by what it must have meant.</summary>
public static class PatchReader
{
    private const int MostWrappers = 3;

    private static readonly string[] Wrappers = ["input", "patch", "patch_text", "diff", "command", "cmd", "content", "arguments"];

    /// <param name="mayBeCut">The text may end where the model was stopped, so nothing that is missing at its end is added.</param>
    public static PatchReading Read(string text, bool mayBeCut)
    {
        var whole = PatchParser.Parse(text);
        if (whole is PatchParse.Parsed strict && !(mayBeCut && EndsInside(text)))
            return new PatchReading.Read(strict.Patch, []);
        var fault = whole is PatchParse.Invalid invalid ? invalid.ForModel : "invalid patch: it may have been cut.";
        var notes = new List<string>();
        // Blanks at the end of the last line may be meant.
        var inner = text.TrimStart('\ufeff').Trim('\n', '\r');
        for (var i = 0; i < MostWrappers && Unwrapped(inner, notes) is { } unwrapped; i++)
            inner = unwrapped;
        if (inner != text && PatchParser.Parse(inner) is PatchParse.Parsed parsed && !(mayBeCut && EndsInside(inner)))
            return new PatchReading.Read(parsed.Patch, [.. notes]);
        var reading = LenientPatchParser.IsPatch(inner)
            ? LenientPatchParser.Read(inner, mayBeCut)
            : UnifiedDiffReader.Read(inner, mayBeCut);
        return reading switch
        {
            PatchReading.Read { Patch.Operations.IsEmpty: false } read => read with { Notes = [.. notes, .. read.Notes] },
            PatchReading.Unreadable unreadable => unreadable,
            _ => new PatchReading.Unreadable(fault),
        };
    }

    /// <summary>An end marker with a blank before it may be a context line after which the text was cut.</summary>
    private static bool EndsInside(string text) => text.TrimEnd().EndsWith(" " + PatchMarker.End, StringComparison.Ordinal);

    private static string? Unwrapped(string text, List<string> notes)
    {
        if (FromJson(text) is { } json)
        {
            notes.Add("the patch was inside JSON");
            return json;
        }

        // A real patch has many lines; one line with markers and \n in it was escaped once too often.
        if (!text.Contains('\n') && text.Contains("\\n", StringComparison.Ordinal) && (text.Contains("***", StringComparison.Ordinal) || text.Contains("@@", StringComparison.Ordinal)))
        {
            notes.Add("line ends were escaped");
            return Escapes.Undo(text.Trim('"', '\''));
        }

        return null;
    }

    private static string? FromJson(string text)
    {
        text = text.Trim();
        if (text is not ['{' or '[' or '"', ..])
            return null;
        try
        {
            using var document = JsonDocument.Parse(text[0] == '{' ? ArgumentRepair.TryRepair(text) ?? text : text);
            return Find(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Find(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()).LastOrDefault(),
        JsonValueKind.Object => Wrappers.Select(name => value.TryGetProperty(name, out var inner) ? Find(inner) : null).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
