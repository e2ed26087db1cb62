using System.Collections.Immutable;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.Agent.Mcp;

/// <summary>What <c>mcp add</c> and <c>mcp remove</c> change in config.toml.</summary>
internal static class McpConfigEdit
{
    /// <summary>Everything that says how a server is reached; other keys of a server that is there already stay.</summary>
    private static readonly string[] TransportKeys =
        ["command", "args", "cwd", "env_vars", "env", "url", "bearer_token_env_var", "http_headers", "env_http_headers"];

    public static IEnumerable<TomlEdit> Add(TomlDocument document, string name, McpTransport transport)
    {
        var path = PathOf(name);
        var pairs = Pairs(transport);
        var environment = transport is McpTransport.Stdio { Environment: { IsEmpty: false } variables } ? variables : null;
        if (document.Find(path) is null)
        {
            yield return new TomlEdit.AddTable(path, pairs) { Placement = new TablePlacement.AfterSections(TomlPath.Of("mcp_servers")) };
        }
        else
        {
            foreach (var key in TransportKeys)
            {
                if (document.Find(path.Append(key)) is { } old && !pairs.Any(p => p.Key == key))
                    yield return old.ToValue() is TomlValue.Table ? new TomlEdit.RemoveTable(path.Append(key)) : new TomlEdit.RemoveKey(path.Append(key));
            }

            foreach (var (key, value) in pairs)
                yield return new TomlEdit.SetValue(path.Append(key), value);
        }

        if (environment is not null)
        {
            yield return new TomlEdit.AddTable(path.Append("env"), [.. environment.Select(v => KeyValuePair.Create(v.Key, (TomlValue)new TomlValue.String(v.Value)))])
            {
                Placement = new TablePlacement.AfterSections(path),
            };
        }
    }

    public static IEnumerable<TomlEdit> Remove(TomlDocument document, string name) =>
        document.Find(PathOf(name)) is null ? [] : [new TomlEdit.RemoveTable(PathOf(name))];

    public static TomlPath PathOf(string name) => TomlPath.Of("mcp_servers", name);

    private static ImmutableArray<KeyValuePair<string, TomlValue>> Pairs(McpTransport transport)
    {
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<string, TomlValue>>();
        switch (transport)
        {
            case McpTransport.Stdio stdio:
                pairs.Add(new("command", new TomlValue.String(stdio.Command)));
                if (!stdio.Arguments.IsEmpty)
                    pairs.Add(new("args", new TomlValue.Array([.. stdio.Arguments.Select(a => new TomlValue.String(a))])));
                break;
            case McpTransport.Http http:
                pairs.Add(new("url", new TomlValue.String(http.Url.OriginalString)));
                if (http.BearerVariable is { } variable)
                    pairs.Add(new("bearer_token_env_var", new TomlValue.String(variable)));
                break;
        }

        return pairs.ToImmutable();
    }
}
