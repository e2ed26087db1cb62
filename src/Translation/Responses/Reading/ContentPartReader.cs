namespace Codex.Translation.Responses.Reading;

/// <summary>One part of a message or of a tool's output.</summary>
internal static class ContentPartReader
{
    public static ContentPart Read(JsonField part)
    {
        if (part.IsString)
            return new ContentPart.Text(part.AsString() ?? "");
        if (!part.IsObject)
        {
            part.Wrong("an object");
            return new ContentPart.Text("");
        }

        var type = part.RequiredString("type");
        return type switch
        {
            "input_text" or "output_text" or "text" or "summary_text" or "reasoning_text" => new ContentPart.Text(part.RequiredString("text")),
            "refusal" => new ContentPart.Refusal(part.RequiredString("refusal")),
            "input_image" or "image_url" => ReadImage(part),
            "input_file" => ReadFile(part),
            "input_audio" => ReadAudio(part),
            _ => new ContentPart.Unknown(type, part.Value),
        };
    }

    private static ContentPart ReadImage(JsonField part)
    {
        // The chat API nests the URL in an object.
        var nested = part.Get("image_url") is { IsObject: true } url ? url : (JsonField?)null;
        var address = nested is { } inner ? inner.RequiredString("url") : part.String("image_url");
        if (address is not null)
            return new ContentPart.Image(address, part.String("detail") ?? nested?.String("detail"));
        if (part.String("file_id") is null)
            part.RequiredString("image_url");
        return new ContentPart.Unknown("input_image", part.Value);
    }

    private static ContentPart.File ReadFile(JsonField part)
    {
        var file = new ContentPart.File(part.String("file_data"), part.String("file_url"), part.String("file_id"), part.String("filename"));
        if (file.Data is null && file.Url is null && file.Id is null)
            part.Missing("file_data", " (or 'file_url' or 'file_id')");
        return file;
    }

    /// <summary>Two forms: OpenAI's object of data and format, and Codex's data URL.</summary>
    private static ContentPart ReadAudio(JsonField part)
    {
        if (part.Get("input_audio") is { IsObject: true } audio)
            return new ContentPart.Audio(audio.RequiredString("data"), audio.String("format") ?? "wav");
        var url = part.RequiredString("audio_url");
        const string Scheme = "data:audio/";
        var comma = url.IndexOf(";base64,", StringComparison.Ordinal);
        return url.StartsWith(Scheme, StringComparison.Ordinal) && comma > 0
            ? new ContentPart.Audio(url[(comma + 8)..], AudioFormat(url[Scheme.Length..comma]))
            : new ContentPart.Unknown("input_audio", part.Value);
    }

    /// <summary>The chat API's word for a subtype of <c>audio/</c>, whose parameters say nothing more.</summary>
    private static string AudioFormat(string subtype) => subtype.Split(';')[0] switch
    {
        "mpeg" => "mp3",
        "x-wav" or "wave" or "vnd.wave" => "wav",
        var other => other,
    };
}
