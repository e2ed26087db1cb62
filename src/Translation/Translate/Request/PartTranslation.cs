using System.Collections.Immutable;
using System.Text;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;

namespace Codex.Translation.Translate.Request;

/// <summary>Content parts of users and tools. What the backend cannot take leaves a note in its place, so that the model knows.</summary>
internal sealed class PartTranslation(Dialect dialect, DroppedFields dropped)
{
    private static readonly ImmutableArray<string> TextSchemes = ["data:text/", "data:application/json", "data:application/xml"];

    public ImmutableArray<ChatPart> User(ImmutableArray<ContentPart> parts, string path)
    {
        var result = ImmutableArray.CreateBuilder<ChatPart>(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            // An empty text says nothing, and a message of nothing else is refused by some.
            if (One(parts[i], $"{path}.content[{i}]") is not ChatPart.Text { Value: "" } and var part)
                result.Add(part);
        }

        return result.DrainToImmutable();
    }

    /// <summary>Text of a tool's output, and the pictures in it: only a user message can hold those (symptom 28).</summary>
    public (string Text, ImmutableArray<ChatPart> Images) Output(ImmutableArray<ContentPart> parts, string path)
    {
        var text = new StringBuilder();
        var images = ImmutableArray.CreateBuilder<ChatPart>();
        for (var i = 0; i < parts.Length; i++)
        {
            switch (One(parts[i], $"{path}.output[{i}]"))
            {
                case ChatPart.Text words:
                    if (text.Length > 0 && words.Value.Length > 0)
                        text.Append('\n');
                    text.Append(words.Value);
                    break;
                case var other:
                    images.Add(other);
                    break;
            }
        }

        if (text.Length == 0)
            text.Append(images.Count > 0 ? "(The output follows as a message of the user.)" : "(no output)");
        return (text.ToString(), images.ToImmutable());
    }

    /// <summary>The words of a message that can hold nothing else.</summary>
    public string Words(ImmutableArray<ContentPart> parts, string path)
    {
        var texts = new List<string>(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            switch (parts[i])
            {
                case ContentPart.Text text:
                    texts.Add(text.Value);
                    break;
                case ContentPart.Refusal refusal:
                    texts.Add(refusal.Value);
                    break;
                default:
                    dropped.Add($"{path}.content[{i}]", "this message can hold only text");
                    break;
            }
        }

        return string.Join("\n\n", texts);
    }

    private ChatPart One(ContentPart part, string path)
    {
        switch (part)
        {
            case ContentPart.Text text:
                return new ChatPart.Text(text.Value);
            case ContentPart.Refusal refusal:
                return new ChatPart.Text(refusal.Value);
            case ContentPart.Image image:
                return Image(image, path);
            case ContentPart.File file:
                return File(file, path);
            case ContentPart.Audio audio when dialect.TakesAudio:
                return new ChatPart.Audio(audio.Data, audio.Format);
            case ContentPart.Audio:
                return Omitted(path, "audio", "this backend takes no audio");
            case ContentPart.Unknown unknown:
                return Omitted(path, unknown.Type, "chat/completions has no form for it");
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, message: null);
        }
    }

    private ChatPart Image(ContentPart.Image image, string path)
    {
        var isData = image.Url.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        return dialect.Images switch
        {
            ImageSupport.Any => new ChatPart.Image(image.Url, Detail(image.Detail)),
            ImageSupport.DataUrl when isData => new ChatPart.Image(image.Url, Detail(image.Detail)),
            ImageSupport.DataUrl => Omitted(path, "image", "this backend takes images as data URLs only"),
            ImageSupport.None => Omitted(path, "image", "this backend takes no images"),
            _ => throw new InvalidOperationException($"No such image support: {dialect.Images}"),
        };
    }

    /// <summary>The chat API knows three words; "original" is of the Responses API alone.</summary>
    private static string? Detail(string? detail) => detail switch
    {
        "auto" or "low" or "high" => detail,
        "original" => "high",
        _ => null,
    };

    private ChatPart File(ContentPart.File file, string path)
    {
        if (dialect.TakesFiles && (file.Data is not null || file.Id is not null))
            return new ChatPart.File(file.Data, file.Id, file.Name);
        // A text file can be said in words, and every model reads those.
        if (TextOf(file.Data) is { } text)
            return new ChatPart.Text($"File {file.Name ?? "(unnamed)"}:\n{text}");
        var reason = dialect.TakesFiles ? "this backend takes files as data only" : "this backend takes no files";
        return Omitted(path, $"file {file.Name}".TrimEnd(), reason);
    }

    private static string? TextOf(string? data)
    {
        const string Marker = ";base64,";
        if (data is null || !TextSchemes.Any(s => data.StartsWith(s, StringComparison.OrdinalIgnoreCase)))
            return null;
        var at = data.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var bytes = new byte[data.Length];
        return Convert.TryFromBase64String(data[(at + Marker.Length)..], bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }

    private ChatPart.Text Omitted(string path, string what, string reason)
    {
        dropped.Add(path, reason);
        return new ChatPart.Text($"[{what} left out: {reason}]");
    }
}
