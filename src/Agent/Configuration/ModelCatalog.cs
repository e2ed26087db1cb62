using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Models;

namespace Codex.Agent.Configuration;

/// <summary>Reads <c>model_catalog_json</c>.</summary>
internal static class ModelCatalog
{
    private const string Key = "model_catalog_json";

    public static ImmutableArray<ModelMetadata> Read(SettingsSection settings, Surroundings around)
    {
        if (settings.FileText(Key, around) is not { } text)
            return [];
        try
        {
            using var document = JsonDocument.Parse(text);
            if (ModelMetadata.ReadList(document.RootElement) is { Count: > 0 } models)
                return [.. models];
            settings.Findings.Fault(settings.Find(Key)!.Origin, settings.PathOf(Key), "names a file without models; it has to be {\"models\": [{\"slug\": ...}]}");
        }
        catch (JsonException error)
        {
            settings.Findings.Fault(settings.Find(Key)!.Origin, settings.PathOf(Key), $"names a file that is no JSON: line {(error.LineNumber ?? 0) + 1}");
        }

        return [];
    }
}
