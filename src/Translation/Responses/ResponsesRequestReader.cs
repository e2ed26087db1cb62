using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Codex.Translation.Responses.Reading;

namespace Codex.Translation.Responses;

/// <summary>Reads the body of <c>POST /responses</c>. What is wrong is told with its place, in OpenAI's words.</summary>
public static class ResponsesRequestReader
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "stream", "instructions", "input", "tools", "tool_choice", "parallel_tool_calls", "reasoning", "text",
        "max_output_tokens", "max_tool_calls", "temperature", "top_p", "presence_penalty", "frequency_penalty", "top_logprobs",
        "seed", "stop", "service_tier", "prompt_cache_key", "safety_identifier", "user", "truncation", "previous_response_id",
        "store", "background", "include", "metadata",
    };

    /// <summary>Objects and lists inside each other, beyond which a body is refused.</summary>
    internal const int MostLevels = 256;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static RequestReading Read(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(ByteOrderMark))
            body = body[ByteOrderMark.Length..];
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            return Refuse("The request body is empty. Send a JSON object with 'model' and 'input'.", param: null, "invalid_json");
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostLevels });
            // The request outlives the parsed document's pooled memory.
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return IsWellFormed(body.Span) ? TooDeep(e) : Malformed(e);
        }

        var faults = new FaultRecord();
        var field = new JsonField(root, JsonPath.Root, faults);
        if (!field.IsObject)
            return Refuse("The request body must be a JSON object.", param: null, "invalid_type");
        TextValidity.Check(field, body.Span);
        if (faults.Message is null)
        {
            var request = ReadRequest(field);
            if (faults.Message is null)
                return new RequestReading.Read(request);
        }

        return Refused(faults, body.Span);
    }

    private static RequestReading.Refused Refused(FaultRecord faults, ReadOnlySpan<byte> body)
    {
        var place = faults.Path.Find(body);
        var param = faults.Path.ToString();
        return new RequestReading.Refused(new RequestFault(faults.Message!, param.Length == 0 ? null : param, faults.Code, place?.Line, place?.Column));
    }

    private static ResponsesRequest ReadRequest(JsonField body) => new()
    {
        Model = ReadModel(body),
        Stream = body.Bool("stream") ?? false,
        Instructions = ReadInstructions(body),
        Input = ReadInput(body),
        Tools = body.List("tools", ToolReader.Read),
        ToolChoice = body.Get("tool_choice") is { } choice ? ToolChoiceReader.Read(choice) : null,
        ParallelToolCalls = body.Bool("parallel_tool_calls"),
        Reasoning = ReadReasoning(body),
        Text = TextOptionsReader.Read(body),
        MaxOutputTokens = (int?)body.Integer("max_output_tokens", 1, int.MaxValue),
        MaxToolCalls = (int?)body.Integer("max_tool_calls", 0, int.MaxValue),
        Temperature = body.Number("temperature"),
        TopP = body.Number("top_p"),
        PresencePenalty = body.Number("presence_penalty"),
        FrequencyPenalty = body.Number("frequency_penalty"),
        TopLogprobs = (int?)body.Integer("top_logprobs", 0, 20),
        Seed = body.Integer("seed"),
        Stop = ReadStop(body),
        ServiceTier = body.String("service_tier"),
        PromptCacheKey = body.String("prompt_cache_key"),
        SafetyIdentifier = body.String("safety_identifier"),
        User = body.String("user"),
        Truncation = body.String("truncation"),
        PreviousResponseId = body.String("previous_response_id"),
        Store = body.Bool("store"),
        Background = body.Bool("background"),
        Include = body.List("include", f => f.AsString() ?? ""),
        Metadata = ReadMetadata(body),
        ToolsAsSent = body.Get("tools")?.Value,
        ToolChoiceAsSent = body.Get("tool_choice")?.Value,
        Unknown = [.. body.Value.EnumerateObject()
            .Where(p => !Known.Contains(p.Name) && p.Value.ValueKind != JsonValueKind.Null)
            .Select(p => KeyValuePair.Create(p.Name, p.Value))],
    };

    private static string ReadModel(JsonField body)
    {
        var model = body.RequiredString("model");
        if (body.Get("model") is { IsString: true } field && string.IsNullOrWhiteSpace(model))
            field.Fault("Invalid value for 'model': the name is empty.", "invalid_value");
        return model;
    }

    /// <summary>Instructions are a string; the list form of the specification is joined.</summary>
    private static string? ReadInstructions(JsonField body)
    {
        if (body.Get("instructions") is not { } field)
            return null;
        if (!field.IsArray)
            return field.AsString();
        var texts = field.Entries(InputItemReader.Read).OfType<InputItem.Message>()
            .SelectMany(m => m.Content).OfType<ContentPart.Text>().Select(t => t.Value);
        return string.Join("\n\n", texts);
    }

    private static ImmutableArray<InputItem> ReadInput(JsonField body)
    {
        if (body.Get("input") is not { } input)
        {
            // With an earlier response to go on from there is nothing that must be said anew.
            if (body.Get("previous_response_id") is null)
                body.RequiredString("input");
            return [];
        }

        if (input.IsString)
            return [new InputItem.Message(MessageRole.User, [new ContentPart.Text(input.AsString() ?? "")])];
        if (!input.IsArray)
        {
            input.Wrong("a string or an array");
            return [];
        }

        var items = input.Entries(InputItemReader.Read);
        if (items.IsEmpty && body.Get("instructions") is null && body.Get("previous_response_id") is null)
            input.Fault("Invalid value for 'input': it is empty, so there is nothing to answer.", "invalid_value");
        return items;
    }

    private static ReasoningOptions? ReadReasoning(JsonField body)
    {
        if (body.Get("reasoning") is not { } reasoning)
            return null;
        if (!reasoning.IsObject)
            reasoning.Wrong("an object");
        return new ReasoningOptions(reasoning.String("effort"), reasoning.String("summary"));
    }

    private static ImmutableArray<string> ReadStop(JsonField body) =>
        body.Get("stop") is { IsString: true } one ? [one.AsString() ?? ""] : body.List("stop", f => f.AsString() ?? "");

    private static JsonElement? ReadMetadata(JsonField body)
    {
        if (body.Get("metadata") is not { } metadata)
            return null;
        if (!metadata.IsObject)
            metadata.Wrong("an object");
        return metadata.Value;
    }

    /// <summary>Whether only the depth of the body kept it from being read.</summary>
    private static bool IsWellFormed(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read())
            {
                // Reading is the whole test.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static RequestReading.Refused TooDeep(JsonException e)
    {
        var (line, column) = Place(e);
        return new RequestReading.Refused(new RequestFault(
            $"The request body nests more than {MostLevels} objects and arrays inside each other. Send it flatter.",
            Param: null,
            "invalid_json",
            line,
            column));
    }

    private static (int? Line, int? Column) Place(JsonException e) => ((int?)e.LineNumber + 1, (int?)e.BytePositionInLine + 1);

    private static RequestReading.Refused Malformed(JsonException e)
    {
        var (line, column) = Place(e);
        var place = line is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (line {line}, column {column})");
        return new RequestReading.Refused(new RequestFault(
            $"The request body is not valid JSON{place}. Check it for cut or doubled quotes, commas and braces.",
            Param: null,
            "invalid_json",
            line,
            column));
    }

    private static RequestReading.Refused Refuse(string message, string? param, string? code) =>
        new(new RequestFault(message, param, code));
}
