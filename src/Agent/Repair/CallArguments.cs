using System.Text.Json;
using Codex.Translation.Arguments;

namespace Codex.Agent.Repair;

/// <summary>What became of a call's arguments.</summary>
public abstract record CallArguments
{
    private CallArguments()
    {
    }

    public sealed record Fit(JsonElement Value) : CallArguments;

    /// <param name="Message">For the model: what is wrong and how to send it.</param>
    public sealed record Broken(string Message) : CallArguments;

    /// <summary>Reads what a model wrote: JSON, or what can be mended into it in one way only, made to fit the tool's schema.</summary>
    public static CallArguments Read(string text, JsonElement schema)
    {
        if (ArgumentRepair.TryRepair(text) is not { } mended)
        {
            return new Broken(
                $"failed to parse function arguments: {Reason(text)}. Send one complete JSON object with the parameters of the tool.");
        }

        using var document = JsonDocument.Parse(mended);
        var fitted = SchemaFit.Fit(document.RootElement, schema);
        var missing = SchemaFit.Missing(fitted, schema);
        return missing.Count == 0
            ? new Fit(fitted)
            : new Broken($"failed to parse function arguments: missing field{(missing.Count == 1 ? "" : "s")} `{string.Join("`, `", missing)}`. Call the tool again with all of its required parameters.");
    }

    private static string Reason(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return $"expected an object, got {document.RootElement.ValueKind.ToString().ToLowerInvariant()}";
        }
        catch (JsonException error)
        {
            var isCut = text.TrimStart().StartsWith('{') && !text.TrimEnd().EndsWith('}');
            return isCut
                ? "the JSON ends in the middle, so it was probably cut at the output limit; nothing was run. Write less at once"
                : $"no JSON at line {(error.LineNumber ?? 0) + 1}, byte {(error.BytePositionInLine ?? 0) + 1}";
        }
    }
}
