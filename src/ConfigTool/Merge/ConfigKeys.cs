using System.Collections.Immutable;
using Codex.Toml;

namespace Codex.ConfigTool.Merge;

/// <summary>Keys of Codex's configuration that this tool knows.</summary>
internal static class ConfigKeys
{
    public const string ModelProvider = "model_provider";
    public const string Model = "model";
    public const string Effort = "model_reasoning_effort";
    public const string ContextWindow = "model_context_window";
    public const string WebSearch = "web_search";
    public const string Providers = "model_providers";
    public const string Profile = "profile";
    public const string Profiles = "profiles";

    public const string Name = "name";
    public const string BaseUrl = "base_url";
    public const string WireApi = "wire_api";
    public const string EnvKey = "env_key";
    public const string Auth = "auth";
    public const string BearerToken = "experimental_bearer_token";
    public const string CatalogueUrl = "model_catalog_url";

    public const string Responses = "responses";

    /// <summary>Keys of the root that stay together, in the order they are written.</summary>
    public static ImmutableArray<string> RootOrder { get; } = [ModelProvider, Model, Effort, ContextWindow, WebSearch];

    public static TomlPath Provider(string id) => TomlPath.Of(Providers, id);
}
