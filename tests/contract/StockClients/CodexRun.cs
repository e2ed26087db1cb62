namespace Codex.Contract.Tests.StockClients;

/// <summary>One <c>codex exec</c> against a gateway, and all that a test may vary.</summary>
public sealed record CodexRun
{
    /// <summary>
    /// What keeps a run on loopback: without them each version asks ab.chatgpt.com (analytics), chatgpt.com,
    /// api.github.com and git on github.com (plugins) at start, and the terminal asks for a newer version.
    /// </summary>
    public static readonly IReadOnlyList<string> QuietOverrides =
    [
        "analytics.enabled=false", "features.plugins=false", "check_for_update_on_startup=false",
    ];

    public required CodexRelease Release { get; init; }

    /// <summary>The gateway's base URL, with <c>/v1</c>.</summary>
    public required string BaseUrl { get; init; }

    public required string Prompt { get; init; }

    public string Model { get; init; } = "demo";

    /// <summary>Sent as a bearer, by way of an environment variable; without it no Authorization header is sent.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Whether the model list is fetched from <c>BaseUrl/models</c> (0.169; older versions ignore the setting). Codex
    /// asks only when it has a key.
    /// </summary>
    public bool FetchCatalog { get; init; }

    /// <summary>A catalogue file (<c>model_catalog_json</c>, all versions).</summary>
    public string? CatalogFile { get; init; }

    /// <summary>Continues the last session of the same home.</summary>
    public bool Resume { get; init; }

    /// <summary>Continues this session; takes the place of <see cref="Resume"/>.</summary>
    public string? ResumedId { get; init; }

    /// <summary>Fields of the provider's inline table beside name, address and key, such as <c>stream_max_retries=0</c>.</summary>
    public IReadOnlyList<string> ProviderFields { get; init; } = [];

    /// <summary>Further <c>-c</c> overrides, <c>key=value</c> in TOML.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Further arguments, before the prompt, such as <c>--output-schema FILE</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether the tiny MCP server (tools <c>add</c> and <c>picture</c>) is wired in as <c>tiny</c>.</summary>
    public bool WithTinyMcpServer { get; init; }

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

    public async Task<CodexOutcome> InAsync(CodexHome home, NodePackages packages)
    {
        var process = await ClientProcess.RunAsync(
            packages.Codex(Release), CommandLine(), home.Work, home.Environment(Key), Limit);
        return new CodexOutcome(this, process, home.Files());
    }

    /// <summary>The <c>-c</c> pairs alone, for runs of the terminal interface.</summary>
    public IEnumerable<string> OverrideArguments() => AllOverrides().SelectMany(value => new[] { "-c", value });

    /// <summary>All arguments; our own agent takes the same.</summary>
    public IEnumerable<string> CommandLine() =>
    [
        "exec", .. ResumedId is { } id ? ["resume", id] : Resume ? new[] { "resume", "--last" } : [],
        "--json", "--skip-git-repo-check",
        // Tests run where neither bubblewrap nor landlock can be counted on; the working directory is a throw-away.
        "--dangerously-bypass-approvals-and-sandbox",
        "-m", Model, .. OverrideArguments(), .. Arguments, "--", Prompt,
    ];

    private IEnumerable<string> AllOverrides()
    {
        string[] provider =
        [
            "name=\"gateway\"", $"base_url=\"{BaseUrl}\"",
            .. Key is null ? Array.Empty<string>() : [$"env_key=\"{CodexHome.KeyVariable}\""],
            .. FetchCatalog ? new[] { $"model_catalog_url=\"{BaseUrl}/models\"" } : Array.Empty<string>(),
            .. ProviderFields,
        ];
        string[] mcp = ["mcp_servers.tiny.command=\"node\"", $"mcp_servers.tiny.args=[\"{NpmFolder.TinyMcpServer}\"]"];
        return
        [
            .. QuietOverrides,
            "model_provider=\"gateway\"", $"model_providers.gateway={{{string.Join(", ", provider)}}}",
            .. CatalogFile is null ? Array.Empty<string>() : [$"model_catalog_json=\"{CatalogFile}\""],
            .. WithTinyMcpServer ? mcp : [],
            .. Overrides,
        ];
    }
}
