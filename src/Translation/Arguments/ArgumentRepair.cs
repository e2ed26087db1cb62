using System.Text;
using System.Text.Json;

namespace Codex.Translation.Arguments;

/// <summary>
/// Mends tool call arguments that are not quite JSON, where there is only one way to read them. Text that ends inside
/// a string is never completed: what the model left out cannot be known, and half a command must not run.
/// </summary>
public static class ArgumentRepair
{
    private const int MostLayers = 2;

    /// <summary>Gives a JSON object as text, or null when the text cannot be mended unambiguously.</summary>
    public static string? TryRepair(string arguments) => TryRepair(arguments, MostLayers);

    private static string? TryRepair(string arguments, int layers)
    {
        var text = WithoutFence(arguments.Trim());
        // A function without parameters is often called with no arguments at all.
        if (text.Length == 0)
            return "{}";
        if (IsObject(text))
            return text;
        if (text[0] == '"' && layers > 0)
            return Unquoted(text) is { } inner ? TryRepair(inner, layers - 1) : null;
        if (text[0] != '{')
            return null;
        var lenient = new LenientJson(text);
        if (!lenient.TryReadObject(out var end))
            return null;
        var mended = lenient.Text;
        return IsObject(mended) && RestIsHarmless(text.AsSpan(end).Trim(), mended) ? mended : null;
    }

    /// <summary>Behind the object may stand further closers, or the same object once more; anything else is a second meaning.</summary>
    private static bool RestIsHarmless(ReadOnlySpan<char> rest, string mended)
    {
        if (rest.TrimStart("}]").Trim().IsEmpty)
            return true;
        var again = new LenientJson(rest.ToString());
        return again.TryReadObject(out var end) && again.Text == mended && rest[end..].Trim().IsEmpty;
    }

    private static string WithoutFence(string text)
    {
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal) || text.Length < 6)
            return text;
        var lineEnd = text.IndexOf('\n', StringComparison.Ordinal);
        return lineEnd < 0 ? text : text[(lineEnd + 1)..^3].Trim();
    }

    private static string? Unquoted(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.GetString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether the text is one complete JSON object.</summary>
    public static bool IsObject(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = 128 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
