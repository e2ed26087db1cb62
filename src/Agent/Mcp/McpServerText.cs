using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Codex.Agent.Mcp;

/// <summary>Servers as <c>mcp list</c> and <c>mcp get</c> print them for people: values of variables and headers are covered.</summary>
internal static class McpServerText
{
    private const string Nothing = "-";

    public static string List(ImmutableArray<McpServer> servers)
    {
        if (servers.IsEmpty)
            return "No MCP servers configured yet. Try `codex-agent mcp add my-tool -- my-command`.\n";
        var tables = new List<string>();
        var programs = servers.Where(s => s.Transport is McpTransport.Stdio).ToList();
        if (programs.Count > 0)
        {
            tables.Add(Table([["Name", "Command", "Args", "Env", "Cwd", "Status", "Auth"], .. programs.Select(s =>
            {
                var stdio = (McpTransport.Stdio)s.Transport;
                return (string[])[s.Name, stdio.Command, Joined(stdio.Arguments, " "), Covered(stdio.Environment, stdio.InheritedVariables), stdio.Directory ?? Nothing, Status(s), "Unsupported"];
            })]));
        }

        var addresses = servers.Where(s => s.Transport is McpTransport.Http).ToList();
        if (addresses.Count > 0)
        {
            tables.Add(Table([["Name", "Url", "Bearer Token Env Var", "Status", "Auth"], .. addresses.Select(s =>
            {
                var http = (McpTransport.Http)s.Transport;
                return (string[])[s.Name, http.Url.OriginalString, http.BearerVariable ?? Nothing, Status(s), http.BearerVariable is null ? "Unsupported" : "Bearer token"];
            })]));
        }

        return string.Join('\n', tables);
    }

    public static string One(McpServer server)
    {
        var text = new StringBuilder(server.Name).Append('\n');
        Line("enabled", server.IsEnabled ? "true" : "false");
        if (server.DisabledReason is { } reason)
            Line("disabled_reason", reason);
        switch (server.Transport)
        {
            case McpTransport.Stdio stdio:
                Line("transport", "stdio");
                Line("command", stdio.Command);
                Line("args", Joined(stdio.Arguments, " "));
                Line("cwd", stdio.Directory ?? Nothing);
                Line("env", Covered(stdio.Environment, stdio.InheritedVariables));
                break;
            case McpTransport.Http http:
                Line("transport", "streamable_http");
                Line("url", http.Url.OriginalString);
                Line("bearer_token_env_var", http.BearerVariable ?? Nothing);
                Line("http_headers", Covered(http.Headers, []));
                Line("env_http_headers", Joined([.. http.VariableHeaders.Select(h => $"{h.Key}={h.Value}")], ", "));
                break;
        }

        if (server.EnabledTools is { } enabled)
            Line("enabled_tools", Joined(enabled, ", "));
        if (server.DisabledTools is { } disabled)
            Line("disabled_tools", Joined(disabled, ", "));
        if (server.StartupLimit is { } startup)
            Line("startup_timeout_sec", startup.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        if (server.ToolLimit is { } tool)
            Line("tool_timeout_sec", tool.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        Line("remove", $"codex-agent mcp remove {server.Name}");
        return text.ToString();

        void Line(string key, string value) => text.Append(CultureInfo.InvariantCulture, $"  {key}: {value}\n");
    }

    private static string Status(McpServer server) => server.IsEnabled ? "enabled" : server.DisabledReason is { } reason ? $"disabled: {reason}" : "disabled";

    private static string Covered(ImmutableSortedDictionary<string, string> map, ImmutableArray<string> inherited) =>
        Joined([.. map.Keys.Concat(inherited).Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal).Select(k => $"{k}=*****")], ", ");

    private static string Joined(ImmutableArray<string> parts, string separator) => parts.IsEmpty ? Nothing : string.Join(separator, parts);

    private static string Table(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        return string.Concat(rows.Select(r => string.Join("  ", r.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd() + "\n"));
    }
}
