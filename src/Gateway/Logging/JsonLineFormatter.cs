using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Codex.Translation;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Codex.Gateway.Logging;

/// <summary>One flat JSON object a line: time, level, message, then every property under its own name.</summary>
public sealed class JsonLineFormatter : ITextFormatter
{
    /// <summary>Serilog alone would put every text within the message into quotes.</summary>
    private static readonly MessageTemplateTextFormatter Words = new("{Message:lj}", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WireJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("time", logEvent.Timestamp.UtcDateTime);
            writer.WriteString("level", logEvent.Level.ToString());
            writer.WriteString("message", Message(logEvent));
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

    private static string Message(LogEvent logEvent)
    {
        var text = new StringWriter();
        Words.Format(logEvent, text);
        return text.ToString();
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
