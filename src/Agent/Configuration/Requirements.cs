using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Configuration.Layers;
using Codex.Agent.Sandbox;
using Codex.Toml;

namespace Codex.Agent.Configuration;

/// <summary>What the administrator of the machine allows, from <c>/etc/codex/requirements.toml</c>.</summary>
public sealed record Requirements
{
    /// <summary>Default: every policy.</summary>
    public ImmutableArray<ApprovalPolicy> ApprovalPolicies { get; init; }

    /// <summary>Default: every mode.</summary>
    public ImmutableArray<SandboxMode> SandboxModes { get; init; }

    public bool AllowsLoginShell { get; init; } = true;

    /// <summary>The entries of <c>rules.prefix_rules</c>; an array, empty when there are none.</summary>
    public JsonElement PrefixRules { get; init; } = JsonElement.Parse("[]"u8);

    /// <summary>Allowed MCP servers by name, each with its <c>identity</c>; null allows every server.</summary>
    public JsonElement? McpServers { get; init; }

    /// <summary>The file, for messages.</summary>
    public string? Source { get; init; }

    internal static Requirements Read(Surroundings around, SettingsFindings findings)
    {
        var file = Path.Combine(around.SystemDirectory, "requirements.toml");
        if (ConfigFile.Read(file, findings) is not { } table)
            return new Requirements();
        var section = new SettingsSection(table, TomlPath.Root, findings);
        var rules = section.Section("rules")?.Find("prefix_rules") is SettingNode.Leaf leaf ? leaf : null;
        return new Requirements
        {
            Source = file,
            ApprovalPolicies = Words(section, "allowed_approval_policies", ApprovalSettings.OfWord),
            SandboxModes = Words(section, "allowed_sandbox_modes", SandboxSettings.OfWord),
            AllowsLoginShell = section.Flag("allow_login_shell") ?? true,
            PrefixRules = rules is null ? JsonElement.Parse("[]"u8) : MergedJson.Write(rules),
            McpServers = section.Section("mcp_servers") is { } servers ? MergedJson.Write(servers.Table) : null,
        };
    }

    /// <summary>The nearest allowed mode that gives no more than the wanted one; told when it is another, refused when there is none.</summary>
    internal SandboxMode Restrict(SandboxMode wanted, SettingsFindings findings)
    {
        if (SandboxModes.IsDefault || SandboxModes.Contains(wanted))
            return wanted;
        var less = SandboxModes.Where(m => m < wanted).ToList();
        if (less.Count == 0)
        {
            findings.Fault($"{Source}: allowed_sandbox_modes does not allow \"{PolicyNames.Of(wanted)}\", nor anything stricter; start with -s and one of: {Listed(SandboxModes.Select(PolicyNames.Of))}");
            return wanted;
        }

        TellReplaced("sandbox_mode", PolicyNames.Of(less.Max()), Listed(SandboxModes.Select(PolicyNames.Of)), findings);
        return less.Max();
    }

    /// <param name="isQuiet">Nobody chose the policy: exec has it by nature, and asks nobody under any other.</param>
    internal ApprovalPolicy Restrict(ApprovalPolicy wanted, bool isQuiet, SettingsFindings findings)
    {
        if (ApprovalPolicies.IsDefault || ApprovalPolicies.Contains(wanted))
            return wanted;
        foreach (var other in (ReadOnlySpan<ApprovalPolicy>)[ApprovalPolicy.OnRequest, ApprovalPolicy.Untrusted, ApprovalPolicy.Never])
        {
            if (!ApprovalPolicies.Contains(other))
                continue;
            if (!isQuiet)
                TellReplaced("approval_policy", PolicyNames.Of(other), Listed(ApprovalPolicies.Select(PolicyNames.Of)), findings);
            return other;
        }

        findings.Fault($"{Source}: allowed_approval_policies allows nothing; name at least one of: untrusted, on-request, never");
        return wanted;
    }

    private void TellReplaced(string key, string value, string allowed, SettingsFindings findings) => findings.Warn(
        $"Configured value for `{key}` is disallowed by requirements; falling back to required value {value}. Details: {Source} allows {allowed}.");

    private static string Listed(IEnumerable<string> words) => string.Join(", ", words.Distinct(StringComparer.Ordinal));

    private static ImmutableArray<T> Words<T>(SettingsSection section, string key, Func<string, T?> read)
        where T : struct
    {
        if (section.Texts(key) is not { IsDefault: false } words)
            return default;
        foreach (var word in words.Where(w => read(w) is null))
            section.Findings.Fault(section.Find(key)!.Origin, section.PathOf(key), $"has \"{word}\", which is not known");
        return [.. words.Select(read).OfType<T>()];
    }
}
