using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Agent.Mcp;

/// <summary>Reads <c>[mcp_servers]</c> of the merged configuration.</summary>
public static class McpServerReader
{
    private const string Table = "mcp_servers";

    /// <param name="merged">The configuration as JSON.</param>
    /// <returns>The servers by name, and one line for each table that is no server; those are left out.</returns>
    public static (ImmutableArray<McpServer> Servers, ImmutableArray<string> Problems) Read(JsonElement merged)
    {
        var servers = ImmutableArray.CreateBuilder<McpServer>();
        var problems = ImmutableArray.CreateBuilder<string>();
        if (merged.ValueKind != JsonValueKind.Object || !merged.TryGetProperty(Table, out var table) || table.ValueKind != JsonValueKind.Object)
            return ([], []);
        foreach (var entry in table.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            try
            {
                servers.Add(ReadServer(entry.Name, entry.Value));
            }
            catch (FormatException wrong)
            {
                problems.Add($"MCP server '{entry.Name}' is left out: {Table}.{entry.Name}{wrong.Message}.");
            }
        }

        return (servers.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>Whether <c>mcp add</c> takes a name; Codex's rule.</summary>
    public static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "-_:@/.".Contains(c));

    private static McpServer ReadServer(string name, JsonElement table)
    {
        if (table.ValueKind != JsonValueKind.Object)
            throw new FormatException(" is not a table");
        return new McpServer(name, ReadTransport(table))
        {
            IsEnabled = Flag(table, "enabled") ?? true,
            IsRequired = Flag(table, "required") ?? false,
            StartupLimit = Seconds(table, "startup_timeout_sec", 1) ?? Seconds(table, "startup_timeout_ms", 0.001),
            ToolLimit = Seconds(table, "tool_timeout_sec", 1),
            EnabledTools = Texts(table, "enabled_tools"),
            DisabledTools = Texts(table, "disabled_tools"),
            Approval = Approval(table, "default_tools_approval_mode") ?? McpApproval.Auto,
            ToolApprovals = Tools(table),
            RunsInParallel = Flag(table, "supports_parallel_tool_calls") ?? false,
        };
    }

    private static McpTransport ReadTransport(JsonElement table)
    {
        if (Text(table, "command") is { } command)
        {
            if (table.TryGetProperty("url", out _))
                throw new FormatException(" has both command and url; keep one");
            return new McpTransport.Stdio(command, Texts(table, "args") ?? [], Map(table, "env"), Variables(table), Text(table, "cwd"));
        }

        if (Text(table, "url") is not { } text)
            throw new FormatException(" has neither command nor url");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new FormatException(".url is no http or https address");
        return new McpTransport.Http(url, Text(table, "bearer_token_env_var"), Map(table, "http_headers"), Map(table, "env_http_headers"));
    }

    private static ImmutableSortedDictionary<string, McpApproval> Tools(JsonElement table)
    {
        var modes = ImmutableSortedDictionary.CreateBuilder<string, McpApproval>(StringComparer.Ordinal);
        if (table.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Object)
        {
            foreach (var tool in tools.EnumerateObject())
            {
                if (tool.Value.ValueKind == JsonValueKind.Object && Approval(tool.Value, "approval_mode") is { } mode)
                    modes[tool.Name] = mode;
            }
        }

        return modes.ToImmutable();
    }

    private static McpApproval? Approval(JsonElement table, string key) => Text(table, key) switch
    {
        null => null,
        "auto" => McpApproval.Auto,
        "prompt" => McpApproval.Prompt,
        "writes" => McpApproval.Writes,
        "approve" => McpApproval.Approve,
        _ => throw new FormatException($".{key} is none of auto, prompt, writes, approve"),
    };

    /// <summary>Names, or tables with a name; one that lives on another machine is not ours to read.</summary>
    private static ImmutableArray<string> Variables(JsonElement table)
    {
        if (!table.TryGetProperty("env_vars", out var list))
            return [];
        if (list.ValueKind != JsonValueKind.Array)
            throw new FormatException(".env_vars is not a list");
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.String)
                names.Add(entry.GetString()!);
            else if (entry.ValueKind != JsonValueKind.Object || Text(entry, "name") is not { } name)
                throw new FormatException(".env_vars holds something that is neither a name nor a table with a name");
            else if (Text(entry, "source") != "remote")
                names.Add(name);
        }

        return names.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Map(JsonElement table, string key)
    {
        if (!table.TryGetProperty(key, out var map))
            return ImmutableSortedDictionary<string, string>.Empty;
        if (map.ValueKind != JsonValueKind.Object || map.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
            throw new FormatException($".{key} is not a table of texts");
        return map.EnumerateObject().ToImmutableSortedDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }

    private static ImmutableArray<string>? Texts(JsonElement table, string key)
    {
        if (!table.TryGetProperty(key, out var list))
            return null;
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.String))
            throw new FormatException($".{key} is not a list of texts");
        return [.. list.EnumerateArray().Select(e => e.GetString()!)];
    }

    private static TimeSpan? Seconds(JsonElement table, string key, double unit)
    {
        if (!table.TryGetProperty(key, out var value))
            return null;
        // Above a day it is a mistake, and no timer takes it.
        var seconds = value.ValueKind == JsonValueKind.Number ? value.GetDouble() * unit : 0;
        return seconds is > 0 and <= 86_400 ? TimeSpan.FromSeconds(seconds) : throw new FormatException($".{key} is no time between 0 and a day");
    }

    private static bool? Flag(JsonElement table, string key) => !table.TryGetProperty(key, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($".{key} is neither true nor false"),
    };

    private static string? Text(JsonElement table, string key)
    {
        if (!table.TryGetProperty(key, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($".{key} is not a text");
    }
}
