using System.Collections.Immutable;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Presets;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Semantics;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Keys that Codex 0.169 passes over: all unknown ones of a provider; of the root those that are known to be gone or are a letter or two off.</summary>
internal static class UnknownKeyCheck
{
    private const int LettersOfTypo = 2;

    private static readonly ImmutableArray<string> OfProvider =
    [
        ConfigKeys.Name, ConfigKeys.BaseUrl, ConfigKeys.EnvKey, "env_key_instructions", ConfigKeys.BearerToken, ConfigKeys.Auth, ConfigKeys.WireApi,
        "query_params", "http_headers", "env_http_headers", "request_max_retries", "stream_max_retries", "stream_idle_timeout_ms", "websocket_connect_timeout_ms",
        "requires_openai_auth", "supports_websockets", "supports_standalone_web_search", ConfigKeys.CatalogueUrl, "gateway_oauth", "project_id", "location",
        "credential_file", "capabilities", "aws",
    ];

    private static readonly ImmutableArray<string> OfRoot =
    [
        .. ConfigKeys.RootOrder, ConfigKeys.Providers, ConfigKeys.Profile, ConfigKeys.Profiles, "review_model", "plan_mode_reasoning_effort",
        "model_reasoning_summary", "model_verbosity", "model_auto_compact_token_limit", "model_catalog_json", "tool_output_token_limit", "openai_base_url",
        "oss_provider", "chatgpt_base_url", "approval_policy", "sandbox_mode", "mcp_servers", "features", "projects", "notify", "history", "tui", "tools",
    ];

    /// <summary>Keys of older versions or other places, with what stands for them; empty when nothing does.</summary>
    private static readonly ImmutableDictionary<string, string> Gone = ImmutableDictionary.CreateRange(StringComparer.Ordinal, (KeyValuePair<string, string>[])
    [
        new("auto_compact_token_limit", "model_auto_compact_token_limit"),
        new("model_supports_reasoning_summaries", ""),
        new("model_max_output_tokens", ""),
        new("stream_idle_timeout_ms", "stream_idle_timeout_ms in the provider's table"),
        new("disable_response_storage", ""),
        new("preferred_auth_method", ""),
    ]);

    public static IEnumerable<Finding> Find(Examination examination)
    {
        foreach (var (key, node) in examination.Document.Root.Children)
        {
            var instead = Gone.TryGetValue(key, out var gone) ? gone
                : OfRoot.Contains(key) ? null : NearestWord.Of(key, OfRoot, LettersOfTypo);
            if (instead is not null)
            {
                yield return Unknown(key, instead, examination, node) with
                {
                    // Only a key that is known to have got another name; a slip of the pen may be meant otherwise.
                    Repairs = gone is not null && OfRoot.Contains(gone) && examination.Root(gone) is null ? [new TomlEdit.RenameKey(TomlPath.Of(key), gone)] : [],
                };
            }
        }

        foreach (var (id, table) in examination.Providers.Where(p => !ReservedIds.Contains(p.Id)))
        {
            foreach (var (key, node) in table.Children.Where(c => !OfProvider.Contains(c.Key) && !ConfigKeys.RootOrder.Contains(c.Key)))
                yield return Unknown($"{ConfigKeys.Providers}.{id}.{key}", NearestWord.Of(key, OfProvider, LettersOfTypo + 1) ?? "", examination, node);
        }
    }

    private static Finding Unknown(string key, string instead, Examination examination, TomlNode node) =>
        new("W02", $"Codex 0.169 does not know '{Printable.Line(key)}' and passes over it", instead.Length > 0 ? $"probably {instead} is meant" : "it can be removed", examination.PositionOf(node));
}
