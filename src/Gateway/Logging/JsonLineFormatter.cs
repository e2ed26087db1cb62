using System.Buffers;
using System.Text;
using System.Text.Json;
using Codex.Translation;
using Serilog.Events;
using Serilog.Formatting;

namespace Codex.Gateway.Logging;

/// <summary>One flat JSON object a line: time, level, message, then every property under its own name.</summary>
public sealed class JsonLineFormatter : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("time", logEvent.Timestamp.UtcDateTime);
            writer.WriteString("level", logEvent.Level.ToString());
            writer.WriteString("message", logEvent.RenderMessage());
            foreach (var (name, value) in logEvent.Properties)
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value);
            }

            if (logEvent.Exception is { } exception)
                writer.WriteString("exception", exception.ToString());
            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteValue(Utf8JsonWriter writer, LogEventPropertyValue value)
    {
        switch (value)
        {
            case ScalarValue { Value: null }:
                writer.WriteNullValue();
                break;
            case ScalarValue { Value: bool flag }:
                writer.WriteBooleanValue(flag);
                break;
            case ScalarValue { Value: int or long or short or byte } number:
                writer.WriteNumberValue(Convert.ToInt64(number.Value));
                break;
            case ScalarValue { Value: double real } when double.IsFinite(real):
                writer.WriteNumberValue(real);
                break;
            case ScalarValue scalar:
                writer.WriteStringValue(scalar.Value.ToString());
                break;
            case SequenceValue sequence:
                writer.WriteStartArray();
                foreach (var element in sequence.Elements)
                    WriteValue(writer, element);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
