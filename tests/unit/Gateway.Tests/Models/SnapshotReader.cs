using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Models;

/// <summary>Reads the providers of a fixture.</summary>
internal static class SnapshotReader
{
    public static ProviderSnapshot Read(JsonNode root) => new(
        [.. root["providers"]!.AsArray().Select(p => ReadView(p!))],
        DefaultProvider: null,
        (root["models"]?.AsObject() ?? []).ToImmutableDictionary(m => m.Key, m => ReadSettings(m.Value!)));

    private static ProviderView ReadView(JsonNode node)
    {
        var provider = new Provider(
            node["name"]!.GetValue<string>(),
            Enum.Parse<ProviderOrigin>(node["origin"]!.GetValue<string>()),
            DialectRegistry.Generic,
            [new Uri("http://backend.invalid/v1")])
        {
            AllowedModels = Strings(node["allowed"]),
            Aliases = (node["aliases"]?.AsObject() ?? []).ToImmutableDictionary(a => a.Key, a => a.Value!.GetValue<string>()),
        };
        return new ProviderView(provider, [.. node["models"]!.AsArray().Select(m => ReadModel(m!))], AskedAt: null, Problem: null);
    }

    private static ProviderModel ReadModel(JsonNode node) => new(node["id"]!.GetValue<string>())
    {
        DisplayName = (string?)node["displayName"],
        ContextWindow = (int?)node["contextWindow"],
        WindowIsAssumed = (bool?)node["windowIsAssumed"] ?? false,
        MaxOutputTokens = (int?)node["maxOutputTokens"],
        TakesImages = (bool?)node["takesImages"],
        ReasoningLevels = Strings(node["reasoningLevels"]),
        OtherNames = Strings(node["otherNames"]),
        WritesText = (bool?)node["writesText"] ?? true,
        Note = (string?)node["note"],
    };

    private static ModelSettings ReadSettings(JsonNode node) => new((string?)node["target"])
    {
        DisplayName = (string?)node["displayName"],
        ContextWindow = (int?)node["contextWindow"],
        MaxOutputTokens = (int?)node["maxOutputTokens"],
        TakesImages = (bool?)node["takesImages"],
    };

    private static ImmutableArray<string> Strings(JsonNode? node) => [.. (node?.AsArray() ?? []).Select(s => s!.GetValue<string>())];
}
