using System.Buffers;
using System.Text.Json;
using Codex.Toml.Values;

namespace Codex.Agent.Configuration.Layers;

/// <summary>Writes merged settings as JSON, for parts that read their own tables.</summary>
internal static class MergedJson
{
    public static JsonElement Write(SettingNode root)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, root);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, SettingNode node)
    {
        if (node is SettingNode.Leaf leaf)
        {
            Write(writer, leaf.Value);
            return;
        }

        writer.WriteStartObject();
        foreach (var (key, value) in ((SettingNode.Table)node).Items)
        {
            writer.WritePropertyName(key);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, TomlValue value)
    {
        switch (value)
        {
            case TomlValue.String s:
                writer.WriteStringValue(s.Value);
                break;
            case TomlValue.Integer i:
                writer.WriteNumberValue(i.Value);
                break;
            case TomlValue.Float { Value: var number } when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case TomlValue.Float f:
                // JSON has no word for it.
                writer.WriteStringValue(ValueWriter.Write(f));
                break;
            case TomlValue.Boolean b:
                writer.WriteBooleanValue(b.Value);
                break;
            case TomlValue.DateTime d:
                writer.WriteStringValue(d.Text);
                break;
            case TomlValue.Array array:
                writer.WriteStartArray();
                foreach (var item in array.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case TomlValue.Table table:
                writer.WriteStartObject();
                foreach (var (key, inner) in table.Pairs)
                {
                    writer.WritePropertyName(key);
                    Write(writer, inner);
                }

                writer.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"TOML has no such value: {value.GetType().Name}.");
        }
    }
}
