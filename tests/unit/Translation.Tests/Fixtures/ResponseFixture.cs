using System.Collections.Immutable;
using System.Text.Json;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Fixtures;

/// <summary>One folder of <c>fixtures/responses</c>; its files are described in the README there.</summary>
internal sealed record ResponseFixture(string Name, byte[] Upstream, ChatCall Call, ResponseShape Shape, ResponseTemplate Template)
{
    public const string Area = "responses";
    public const long Now = 1_790_000_042;
    private const string ResponseId = "resp_00112233445566778899aabbccddeeff";
    private const long CreatedAt = 1_790_000_000;
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Null: the connection ends cleanly.</summary>
    public ResponseError? Cut { get; init; }

    public int KeepAlives { get; init; }

    /// <summary>Whether response objects are compared with all that they repeat of the request.</summary>
    public bool IsWhole { get; init; }

    public string ExpectedPath => RepositoryFiles.Fixture(Area, Name, "events.txt");

    public static ResponseFixture Load(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(RepositoryFiles.Fixture(Area, name, "call.json")), Lenient);
        var call = document.RootElement;
        var request = EchoedRequest(call);
        return new ResponseFixture(
            name,
            File.ReadAllBytes(RepositoryFiles.Fixture(Area, name, "upstream.txt")),
            new ChatCall(
                new ChatRequest { Model = "upstream-model" },
                ReadDialect(call),
                new ToolMap([.. List(call, "tools").Select(ReadTool)]),
                [],
                Word(call, "kind") == "compaction" ? AnswerKind.Compaction : AnswerKind.Response,
                EstimatedPromptTokens: 1000),
            ReadShape(call),
            new ResponseTemplate(ResponseId, CreatedAt, request))
        {
            Cut = Word(call, "end") == "cut" ? CutBy : null,
            KeepAlives = call.TryGetProperty("keepAlives", out var count) ? count.GetInt32() : 0,
            IsWhole = Flag(call, "whole"),
        };
    }

    public static ResponseError CutBy { get; } = new("server_error", "The connection to the backend was reset.");

    private static ResponsesRequest EchoedRequest(JsonElement call)
    {
        var request = new ResponsesRequest
        {
            Model = "the-model",
            Include = [.. List(call, "include").Select(i => i.GetString()!)],
        };
        if (!call.TryGetProperty("request", out var sent))
            return request;
        return request with
        {
            Instructions = Word(sent, "instructions"),
            Temperature = sent.TryGetProperty("temperature", out var temperature) ? temperature.GetDouble() : null,
            MaxOutputTokens = sent.TryGetProperty("max_output_tokens", out var most) ? most.GetInt32() : null,
            ToolsAsSent = sent.TryGetProperty("tools", out var tools) ? tools.Clone() : null,
            ToolChoiceAsSent = sent.TryGetProperty("tool_choice", out var choice) ? choice.Clone() : null,
            Metadata = sent.TryGetProperty("metadata", out var metadata) ? metadata.Clone() : null,
            PromptCacheKey = Word(sent, "prompt_cache_key"),
            ParallelToolCalls = sent.TryGetProperty("parallel_tool_calls", out var parallel) ? parallel.GetBoolean() : null,
            Reasoning = sent.TryGetProperty("reasoning", out var reasoning)
                ? new ReasoningOptions(Word(reasoning, "effort"), Word(reasoning, "summary"))
                : null,
        };
    }

    private static Dialect ReadDialect(JsonElement call)
    {
        var dialect = DialectRegistry.Generic;
        if (!call.TryGetProperty("dialect", out var traits))
            return dialect;
        if (traits.ValueKind == JsonValueKind.String)
            return DialectRegistry.Find(traits.GetString()!) ?? throw new InvalidDataException($"There is no dialect {traits}.");
        if (traits.TryGetProperty("thinkTags", out var tags))
        {
            dialect = dialect with
            {
                ThinkTags = tags.ValueKind == JsonValueKind.Null ? null : new ThinkTags(tags[0].GetString()!, tags[1].GetString()!),
            };
        }

        return dialect with
        {
            LeakedCalls = [.. List(traits, "leakedCalls").Select(l => Enum.Parse<LeakedCallShape>(l.GetString()!))],
        };
    }

    private static ToolBinding ReadTool(JsonElement tool) => new(
        Word(tool, "wire")!,
        Enum.Parse<ToolKind>(Word(tool, "kind") ?? nameof(ToolKind.Function)),
        Word(tool, "name") ?? Word(tool, "wire")!,
        Word(tool, "namespace"));

    private static ResponseShape ReadShape(JsonElement call)
    {
        if (!call.TryGetProperty("shape", out var shape))
            return default;
        return shape.ValueKind == JsonValueKind.String
            ? ResponseShape.Codex
            : new ResponseShape(Flag(shape, "refusalAsText"), Flag(shape, "rawReasoning"), Flag(shape, "withholdsCutItems"));
    }

    private static ImmutableArray<JsonElement> List(JsonElement from, string key) =>
        from.TryGetProperty(key, out var list) ? [.. list.EnumerateArray()] : [];

    private static string? Word(JsonElement from, string key) =>
        from.TryGetProperty(key, out var word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;

    private static bool Flag(JsonElement from, string key) => from.TryGetProperty(key, out var flag) && flag.GetBoolean();
}
