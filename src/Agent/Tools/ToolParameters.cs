using System.Text.Json;

namespace Codex.Agent.Tools;

/// <summary>Schemas of tools, written as JSON in their classes.</summary>
internal static class ToolParameters
{
    public static JsonElement Parse(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return document.RootElement.Clone();
    }
}
