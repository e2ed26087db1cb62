using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Codex.Agent.Conversation;

namespace Codex.Agent.Mcp;

/// <summary>Servers as <c>mcp list --json</c> and <c>mcp get --json</c> print them, in Codex's form.</summary>
internal static class McpServerJson
{
    public static string List(IEnumerable<McpServer> servers) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var server in servers)
            Write(writer, server, isList: true);
        writer.WriteEndArray();
    });

    public static string One(McpServer server) => Write(writer => Write(writer, server, isList: false));

    private static void Write(Utf8JsonWriter writer, McpServer server, bool isList)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, server.Name);
        writer.WriteBoolean("enabled"u8, server.IsEnabled);
        writer.WriteString("disabled_reason"u8, server.DisabledReason);
        writer.WriteStartObject("transport"u8);
        WriteTransport(writer, server.Transport);
        writer.WriteEndObject();
        if (!isList)
        {
            Texts(writer, "enabled_tools", server.EnabledTools);
            Texts(writer, "disabled_tools", server.DisabledTools);
        }

        Seconds(writer, "startup_timeout_sec", server.StartupLimit);
        Seconds(writer, "tool_timeout_sec", server.ToolLimit);
        if (isList)
            writer.WriteString("auth_status"u8, server.Transport is McpTransport.Http { BearerVariable: not null } ? "bearer_token"u8 : "unsupported"u8);
        writer.WriteEndObject();
    }

    private static void WriteTransport(Utf8JsonWriter writer, McpTransport transport)
    {
        switch (transport)
        {
            case McpTransport.Stdio stdio:
                writer.WriteString("type"u8, "stdio"u8);
                writer.WriteString("command"u8, stdio.Command);
                Texts(writer, "args", stdio.Arguments);
                Map(writer, "env", stdio.Environment);
                Texts(writer, "env_vars", stdio.InheritedVariables);
                writer.WriteString("cwd"u8, stdio.Directory);
                break;
            case McpTransport.Http http:
                writer.WriteString("type"u8, "streamable_http"u8);
                writer.WriteString("url"u8, http.Url.OriginalString);
                writer.WriteString("bearer_token_env_var"u8, http.BearerVariable);
                Map(writer, "http_headers", http.Headers);
                Map(writer, "env_http_headers", http.VariableHeaders);
                break;
        }
    }

    private static void Texts(Utf8JsonWriter writer, string name, ImmutableArray<string>? texts)
    {
        if (texts is not { } list)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in list)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void Map(Utf8JsonWriter writer, string name, ImmutableSortedDictionary<string, string> map)
    {
        if (map.IsEmpty)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        foreach (var (key, value) in map)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    }

    private static void Seconds(Utf8JsonWriter writer, string name, TimeSpan? time)
    {
        if (time is { } limit)
            writer.WriteNumber(name, limit.TotalSeconds);
        else
            writer.WriteNull(name);
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options with { Indented = true, NewLine = "\n" }))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
