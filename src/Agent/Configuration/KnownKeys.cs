using Codex.Agent.Configuration.Layers;
using Codex.Agent.Edits.Tolerant;

namespace Codex.Agent.Configuration;

/// <summary>The keys Codex and this program know, so that a slip of the pen is told.</summary>
internal static class KnownKeys
{
    private const double LikelyMeant = 0.8;

    // Not frozen: making that costs more than all look-ups of a run.
    private static readonly HashSet<string> Top = Set(
        """
        agents allow_login_shell analytics approval_policy approvals_reviewer apps apps_mcp_product_sku audio auto_review
        background_terminal_max_timeout browser_use chatgpt_base_url check_for_update_on_startup codex_agent cli_auth_credentials_store commit_attribution
        compact_prompt computer_use default_permissions desktop developer_instructions disable_paste_burst experimental_compact_prompt_file
        experimental_realtime_start_instructions experimental_realtime_webrtc_call_base_url experimental_realtime_ws_backend_prompt
        experimental_realtime_ws_base_url experimental_realtime_ws_model experimental_realtime_ws_startup_context experimental_thread_store
        experimental_use_unified_exec_tool features feedback file_opener forced_chatgpt_workspace_id forced_login_method ghost_snapshot
        git_attribution goals hide_agent_reasoning history hooks include_apps_instructions include_collaboration_mode_instructions
        include_environment_context include_permissions_instructions instructions log_dir marketplaces mcp_oauth_callback_port
        mcp_oauth_callback_url mcp_oauth_credentials_store mcp_servers memories model model_auto_compact_token_limit
        model_auto_compact_token_limit_scope model_catalog_json model_context_window model_instructions_file model_provider
        model_providers model_reasoning_effort model_reasoning_summary model_verbosity notice notify openai_base_url orchestrator
        oss_provider otel permissions personality plan_mode_reasoning_effort plugins profile profiles project_doc_fallback_filenames
        project_doc_max_bytes project_root_markers projects realtime responses_api_metadata review_model sandbox_mode
        sandbox_workspace_write service_tier shell_environment_policy show_raw_agent_reasoning skills sqlite_home
        suppress_unstable_features_warning tool_output_token_limit tool_suggest tools tui web_search windows
        experimental_instructions_file disable_response_storage sandbox_permissions
        """);

    /// <summary>Tables whose keys are checked too; <c>*</c> is any name.</summary>
    private static readonly (string[] Path, HashSet<string> Keys)[] Tables =
    [
        (["model_providers", "*"], Set(
            """
            name base_url env_key env_key_instructions experimental_bearer_token auth aws wire_api query_params http_headers
            env_http_headers request_max_retries stream_max_retries stream_idle_timeout_ms websocket_connect_timeout_ms
            requires_openai_auth supports_websockets supports_standalone_web_search
            """)),
        (["model_providers", "*", "auth"], Set("command args cwd timeout_ms refresh_interval_ms")),
        (["sandbox_workspace_write"], Set("writable_roots network_access exclude_tmpdir_env_var exclude_slash_tmp read_only_access")),
        (["shell_environment_policy"], Set("inherit ignore_default_excludes exclude set include_only filters experimental_use_profile")),
        (["tools"], Set("web_search update_plan experimental_request_user_input view_image")),
        ([ModelSettings.Table], Set("edit_tool max_calls_per_turn parallel_tool_calls prompt tool_calls")),
        (["history"], Set("persistence max_bytes")),
        (["projects", "*"], Set("trust_level")),
        (["mcp_servers", "*"], Set(
            """
            command args env env_vars cwd url bearer_token_env_var http_headers env_http_headers http_headers_helper auth oauth
            oauth_resource scopes enabled required startup_timeout_sec startup_timeout_ms tool_timeout_sec enabled_tools disabled_tools
            default_tools_approval_mode tools supports_parallel_tool_calls omit_tools_from environment_id
            """)),
        (["skills"], Set("bundled include_instructions max_context_tokens config")),
    ];

    /// <param name="strict">An unknown key is a fault, else a warning.</param>
    public static void Check(SettingsSection root, bool strict)
    {
        Check(root, Top, strict);
        foreach (var (path, keys) in Tables)
        {
            foreach (var section in At(root, path))
                Check(section, keys, strict);
        }
    }

    private static void Check(SettingsSection section, HashSet<string> known, bool strict)
    {
        foreach (var (key, node) in section.Table.Items)
        {
            if (known.Contains(key))
                continue;
            if (strict)
                section.Findings.Fault(node.Origin, section.PathOf(key), "is not known; correct it, or start without --strict-config");
            else
                section.Findings.Warn(node.Origin, section.PathOf(key), Nearest(key, known) is { } near ? $"is not known and has no effect; is {near} meant?" : "is not known and has no effect; correct or remove it");
        }
    }

    private static string? Nearest(string key, HashSet<string> known)
    {
        var best = known.Select(k => (Word: k, Similarity: LineSimilarity.Of(key, k))).OrderByDescending(k => k.Similarity).ThenBy(k => k.Word, StringComparer.Ordinal).First();
        return best.Similarity >= LikelyMeant ? best.Word : null;
    }

    private static IEnumerable<SettingsSection> At(SettingsSection section, ReadOnlyMemory<string> path)
    {
        if (path.IsEmpty)
            return [section];
        var names = path.Span[0] == "*" ? section.Table.Items.Keys : [path.Span[0]];
        return names.Where(n => section.Find(n) is SettingNode.Table).SelectMany(n => At(section.Section(n)!, path[1..]));
    }

    private static HashSet<string> Set(string words) =>
        words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
}
