using System.Text.Json;
using Codex.Gateway.Providers;
using Codex.Gateway.Warmth;

namespace Codex.Gateway.Models;

/// <summary>A model in OpenAI's shape, with its sizes where they are known.</summary>
internal static class OpenAiModelWriter
{
    /// <param name="state">An extension under <c>warmth</c>; left out where the list must stay the same.</param>
    public static void Write(Utf8JsonWriter writer, string name, ModelResolution.Resolved target, ModelState? state)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, name);
        writer.WriteString("object"u8, "model"u8);
        // Backends give the time of the request, of the file or none: zero is stable, and says that it is not known.
        writer.WriteNumber("created"u8, 0);
        writer.WriteString("owned_by"u8, target.Provider.Provider.Name);
        if (target.ContextWindow is { } window)
            writer.WriteNumber("context_length"u8, window);
        if ((target.Settings?.MaxOutputTokens ?? target.Known?.MaxOutputTokens) is { } output)
            writer.WriteNumber("max_output_tokens"u8, output);
        if (state is not null)
        {
            writer.WriteStartObject("warmth"u8);
            ModelStateWriter.WriteFields(writer, state);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
