using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Codex.Translation;

namespace Codex.Gateway.Explain;

/// <summary>Stories as JSON.</summary>
internal static class StoryJson
{
    private static readonly JsonWriterOptions Indented = WireJson.Options with { Indented = true };

    public static ReadOnlyMemory<byte> List(ImmutableArray<RequestStory> stories) => Written(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("requests");
        foreach (var story in stories)
        {
            writer.WriteStartObject();
            WriteHead(writer, story);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> Whole(RequestStory story) => Written(writer =>
    {
        var attempts = story.Log.Attempts;
        writer.WriteStartObject();
        WriteHead(writer, story);
        writer.WriteStartArray("decisions");
        foreach (var decision in story.Log.Decisions)
        {
            writer.WriteStartObject();
            WriteMilliseconds(writer, "at_ms", decision.At);
            writer.WriteString("sentence", decision.Sentence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("client_request");
        WriteHeaders(writer, "headers", story.Headers);
        WriteBody(writer, story.Body);
        writer.WriteEndObject();
        writer.WriteStartArray("backend_requests");
        foreach (var (i, call) in story.Calls.Index())
        {
            var attempt = i < attempts.Count ? attempts[i] : null;
            writer.WriteStartObject();
            writer.WriteString("url", call.Url);
            WriteHeaders(writer, "headers", call.Headers);
            if (i == 0)
                WriteBody(writer, call.Body);
            if (call.Status is { } status)
                writer.WriteNumber("status", status);
            WriteHeaders(writer, "response_headers", call.ResponseHeaders);
            writer.WriteString("cause", attempt?.Cause);
            if (attempt is { Duration: { } duration })
                WriteMilliseconds(writer, "duration_ms", duration);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("events");
        foreach (var e in story.Events)
        {
            writer.WriteStartObject();
            WriteMilliseconds(writer, "at_ms", e.At);
            writer.WriteString("from", e.Side == StorySide.Backend ? "backend" : "gateway");
            writer.WriteString("text", e.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("events_omitted", story.OmittedEvents);
        writer.WriteEndObject();
    });

    private static void WriteHead(Utf8JsonWriter writer, RequestStory story)
    {
        var log = story.Log;
        writer.WriteString("id", story.Id);
        writer.WriteString("at", story.At);
        writer.WriteString("request", $"{story.Method} {story.Path}");
        writer.WriteString("provider", log.Provider);
        writer.WriteString("model", log.Model);
        if (story.Status is { } status)
            writer.WriteNumber("status", status);
        else
            writer.WriteNull("status");
        WriteMilliseconds(writer, "duration_ms", story.Duration ?? log.Elapsed);
        writer.WriteNumber("attempts", log.AttemptCount);
        writer.WriteString("failure", log.Failure);
    }

    private static void WriteHeaders(Utf8JsonWriter writer, string name, ImmutableArray<KeyValuePair<string, string>> headers)
    {
        writer.WriteStartObject(name);
        foreach (var (header, value) in headers)
            writer.WriteString(header, value);
        writer.WriteEndObject();
    }

    /// <summary>As JSON where it is some, so that it can be read and searched.</summary>
    private static void WriteBody(Utf8JsonWriter writer, string? body)
    {
        writer.WritePropertyName("body");
        try
        {
            using var json = JsonDocument.Parse(body ?? "null");
            json.RootElement.WriteTo(writer);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(body);
        }
    }

    private static void WriteMilliseconds(Utf8JsonWriter writer, string name, TimeSpan time) => writer.WriteNumber(name, Math.Round(time.TotalMilliseconds, 1));

    private static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            write(writer);
        return buffer.WrittenMemory;
    }
}
