using System.Text.Json;
using System.Text.Unicode;

namespace Codex.Translation.Responses.Reading;

/// <summary>
/// Finds text that is no text: bytes that are not UTF-8, and halves of surrogate pairs written as escapes. Readers of
/// JSON let both pass until the string is used, somewhere in the middle of a translation.
/// </summary>
internal static class TextValidity
{
    private static ReadOnlySpan<byte> Escape => "\\u"u8;

    /// <summary>Records the first value of the body that holds such text.</summary>
    public static void Check(JsonField body, ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes) || MayHoldSurrogates(bytes))
            Walk(body);
    }

    /// <summary>Whether an escape of a surrogate may be there: most bodies have none and need no second look.</summary>
    private static bool MayHoldSurrogates(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf(Escape); at >= 0; at = bytes.IndexOf(Escape))
        {
            bytes = bytes[(at + Escape.Length)..];
            if (bytes is [(byte)'d' or (byte)'D', ..])
                return true;
        }

        return false;
    }

    private static void Walk(JsonField field)
    {
        switch (field.Value.ValueKind)
        {
            case JsonValueKind.String:
                field.AsString();
                break;
            case JsonValueKind.Array:
                field.Entries(Entry);
                break;
            case JsonValueKind.Object:
                foreach (var entry in field.Value.EnumerateObject())
                {
                    if (Name(entry) is { } name)
                        Walk(field.At(name, entry.Value));
                    else
                        field.Fault(JsonField.NoText(field.Path + " (the name of a field)"), "invalid_value");
                }

                break;
        }
    }

    private static bool Entry(JsonField entry)
    {
        Walk(entry);
        return true;
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
