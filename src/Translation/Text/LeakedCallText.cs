using System.Collections.Immutable;
using System.Text.Json;
using Codex.Translation.Arguments;
using Codex.Translation.Dialects;

namespace Codex.Translation.Text;

/// <summary>What stands behind a marker.</summary>
internal abstract record LeakedText
{
    private LeakedText()
    {
    }

    /// <summary>The closing marker has not come yet.</summary>
    public sealed record NeedsMore : LeakedText;

    /// <param name="Length">Characters from the marker on that the calls take up.</param>
    public sealed record Calls(ImmutableArray<ContentPiece.Call> All, int Length) : LeakedText;

    /// <summary>Text in the marker's clothes, to be shown without them; null for a bare marker.</summary>
    public sealed record Plain(ContentPiece? Piece, int Length) : LeakedText;

    public sealed record NoCall : LeakedText;
}

/// <summary>The shapes in which calls leak, one reader each.</summary>
internal static class LeakedCallText
{
    private static readonly string[] ToolCallTag = ["<tool_call>"];
    private static readonly string[] ToolCallsMarker = ["[TOOL_CALLS]"];
    private static readonly string[] FunctionTag = ["<function="];
    private static readonly string[] Harmony = HarmonyText.Markers;
    private static readonly string[] PythonTag = ["<|python_tag|>"];

    public static string[] Markers(LeakedCallShape shape) => shape switch
    {
        LeakedCallShape.ToolCallTag => ToolCallTag,
        LeakedCallShape.ToolCallsMarker => ToolCallsMarker,
        LeakedCallShape.FunctionTag => FunctionTag,
        LeakedCallShape.Harmony => Harmony,
        LeakedCallShape.InvokeTag => TaggedArguments.InvokeMarkers,
        LeakedCallShape.CallSection => CallSectionText.Markers,
        LeakedCallShape.PythonTag => PythonTag,
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, message: null),
    };

    public static int MarkerLength(LeakedCallShape shape, string text) =>
        Markers(shape).First(m => text.StartsWith(m, StringComparison.Ordinal)).Length;

    /// <param name="text">Begins with the marker.</param>
    /// <param name="atEnd">Nothing more will come: a missing closing marker is forgiven where the call itself is complete.</param>
    public static LeakedText Read(LeakedCallShape shape, string text, bool atEnd) => shape switch
    {
        LeakedCallShape.ToolCallTag => ReadTag(text, atEnd),
        LeakedCallShape.ToolCallsMarker => ReadMarker(text, atEnd),
        LeakedCallShape.FunctionTag => FunctionTagText.Read(text, 0, atEnd),
        LeakedCallShape.Harmony => HarmonyText.Read(text, atEnd),
        LeakedCallShape.InvokeTag => TaggedArguments.ReadInvoke(text, atEnd),
        LeakedCallShape.CallSection => CallSectionText.Read(text, atEnd),
        LeakedCallShape.PythonTag => ReadObject(text, PythonTag[0].Length, atEnd),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, message: null),
    };

    private static LeakedText ReadTag(string text, bool atEnd)
    {
        const string Close = "</tool_call>";
        var start = ToolCallTag[0].Length;
        var close = text.IndexOf(Close, start, StringComparison.Ordinal);
        if (close < 0 && !atEnd)
            return new LeakedText.NeedsMore();
        var body = close < 0 ? text[start..] : text[start..close];
        var length = close < 0 ? text.Length : close + Close.Length;
        // Some templates put the function tag inside the tool_call tag.
        var inner = body.TrimStart();
        if (inner.StartsWith(FunctionTag[0], StringComparison.Ordinal))
            return FunctionTagText.Read(inner, 0, atEnd: true) is LeakedText.Calls calls ? calls with { Length = length } : new LeakedText.NoCall();
        if (TaggedArguments.ReadPairs(inner) is { } tagged)
            return new LeakedText.Calls([tagged], length);
        return ReadJson(body) is { Length: > 0 } found ? new LeakedText.Calls(found, length) : new LeakedText.NoCall();
    }

    /// <summary>One object, and nothing that would say where it ends but itself.</summary>
    private static LeakedText ReadObject(string text, int start, bool atEnd)
    {
        var body = text.AsSpan(start);
        var json = body.TrimStart();
        var end = JsonExtent.End(json);
        if (end < 0)
            return !atEnd && (json.IsEmpty || json[0] == '{') ? new LeakedText.NeedsMore() : new LeakedText.NoCall();
        return ReadJson(json[..end].ToString()) is { Length: > 0 } found ? new LeakedText.Calls(found, text.Length - json.Length + end) : new LeakedText.NoCall();
    }

    private static LeakedText ReadMarker(string text, bool atEnd)
    {
        var start = ToolCallsMarker[0].Length;
        var body = text.AsSpan(start);
        var list = body.TrimStart();
        if (list.IsEmpty)
            return atEnd ? new LeakedText.NoCall() : new LeakedText.NeedsMore();
        // Newer templates write name[ARGS]{…} instead of a list.
        if (list[0] is not ('[' or '{'))
            return ReadNamed(text, start + body.Length - list.Length, atEnd);
        var end = JsonExtent.End(list);
        if (end < 0)
            return atEnd ? new LeakedText.NoCall() : new LeakedText.NeedsMore();
        var length = text.Length - list.Length + end;
        return ReadJson(list[..end].ToString()) is { Length: > 0 } found ? new LeakedText.Calls(found, length) : new LeakedText.NoCall();
    }

    private static LeakedText ReadNamed(string text, int start, bool atEnd)
    {
        const string Args = "[ARGS]";
        var brace = text.IndexOf('{', start);
        if (brace < 0)
            return atEnd || text.Length - start > 128 ? new LeakedText.NoCall() : new LeakedText.NeedsMore();
        var end = JsonExtent.End(text.AsSpan(brace));
        if (end < 0)
            return atEnd ? new LeakedText.NoCall() : new LeakedText.NeedsMore();
        var name = text[start..brace].Replace(Args, "", StringComparison.Ordinal).Trim();
        return new LeakedText.Calls([new ContentPiece.Call(name, text.Substring(brace, end))], brace + end);
    }

    /// <summary>One <c>{"name","arguments"}</c> object, a list of them, or one per line.</summary>
    public static ImmutableArray<ContentPiece.Call> ReadJson(string body)
    {
        var calls = ImmutableArray.CreateBuilder<ContentPiece.Call>();
        var rest = body.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            var end = JsonExtent.End(rest);
            var text = (end < 0 ? rest : rest[..end]).ToString();
            if (!TryReadCalls(text, calls))
                return [];
            rest = end < 0 ? default : rest[end..].Trim();
        }

        return calls.ToImmutable();
    }

    private static bool TryReadCalls(string text, ImmutableArray<ContentPiece.Call>.Builder calls)
    {
        var json = text.StartsWith('[') ? text : ArgumentRepair.TryRepair(text);
        if (json is null)
            return false;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return TryReadCall(document.RootElement, calls);
            foreach (var entry in document.RootElement.EnumerateArray())
            {
                if (!TryReadCall(entry, calls))
                    return false;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryReadCall(JsonElement call, ImmutableArray<ContentPiece.Call>.Builder calls)
    {
        if (call.ValueKind != JsonValueKind.Object)
            return false;
        if (call.TryGetProperty("function"u8, out var function) && function.ValueKind == JsonValueKind.Object)
            call = function;
        if (!call.TryGetProperty("name"u8, out var name) || name.ValueKind != JsonValueKind.String)
            return false;
        if (!call.TryGetProperty("arguments"u8, out var arguments) && !call.TryGetProperty("parameters"u8, out arguments))
            return false;
        calls.Add(new ContentPiece.Call(
            name.GetString()!,
            arguments.ValueKind == JsonValueKind.String ? arguments.GetString()! : arguments.GetRawText()));
        return true;
    }
}
