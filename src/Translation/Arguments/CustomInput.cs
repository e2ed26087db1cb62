using System.Text.Json;

namespace Codex.Translation.Arguments;

/// <summary>Finds the free-text input of a custom tool in arguments that are not the plain wrapper.</summary>
internal static class CustomInput
{
    /// <summary>
    /// The single string of an object, a JSON string, or the text itself where it is no JSON at all: models trained on
    /// free-form tools leave the wrapper out. Null when the text is JSON but says no one thing.
    /// </summary>
    public static string? Find(string arguments)
    {
        var text = arguments.Trim();
        if (text.Length == 0)
            return "";
        if (text[0] is not ('{' or '"'))
            return arguments;
        if (text[0] == '"')
            return StringOf(text);
        return ArgumentRepair.TryRepair(text) is { } json ? SingleString(json) : null;
    }

    private static string? StringOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.GetString() is { } inner ? Find(inner) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? SingleString(string json)
    {
        using var document = JsonDocument.Parse(json);
        string? only = null;
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.String)
                continue;
            if (field.NameEquals("input"u8))
                return field.Value.GetString();
            if (only is not null)
                return null;
            only = field.Value.GetString();
        }

        return only;
    }
}
