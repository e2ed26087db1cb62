using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Conversation;

namespace Codex.Agent.Loop;

/// <summary>What the user says in one go.</summary>
/// <param name="Images">Shown before the text.</param>
/// <param name="Attachments">Bodies of skills the text names, sent after it as messages of their own.</param>
public sealed record UserInput(string Text, ImmutableArray<InputImage> Images, ImmutableArray<string> Attachments)
{
    public UserInput(string text)
        : this(text, [], [])
    {
    }

    public IEnumerable<HistoryItem> ToItems()
    {
        yield return Images.IsEmpty ? HistoryItem.NewMessage("user", Text) : WithImages();
        foreach (var attachment in Attachments)
            yield return HistoryItem.NewMessage("user", attachment);
    }

    private HistoryItem.Message WithImages()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, ConversationJson.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "message"u8);
            writer.WriteString("role"u8, "user"u8);
            writer.WriteStartArray("content"u8);
            for (var i = 0; i < Images.Length; i++)
            {
                WriteText(writer, $"<image name=[Image #{i + 1}] path=\"{Images[i].Path}\">");
                writer.WriteStartObject();
                writer.WriteString("type"u8, "input_image"u8);
                writer.WriteString("image_url"u8, Images[i].DataUrl);
                writer.WriteString("detail"u8, "high"u8);
                writer.WriteEndObject();
                WriteText(writer, "</image>");
            }

            WriteText(writer, Text);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new HistoryItem.Message(buffer.WrittenMemory, "user", Text);
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "input_text"u8);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }
}

/// <param name="Path">Absolute.</param>
public sealed record InputImage(string Path, string DataUrl);
