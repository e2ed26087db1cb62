using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Codex.Contract.Tests.Agent;

/// <summary>
/// One answer of a model's server, as a fixture states it. With <c>status</c> an error of HTTP with <c>headers</c> and
/// <c>body</c>; else a stream of <c>items</c> (short forms: <c>say</c>, <c>think</c>, <c>call</c>; anything else is sent
/// as it is) with <c>usage</c> [input, cached, output, reasoning] or null, and an <c>end</c>: "completed", "cut"
/// without a last event, "reset" of the connection, "silence" until the client has gone, {"failed": {...}}, {"incomplete": "reason"} or {"error": {...}}.
/// </summary>
public sealed class ScriptedAnswer(JsonObject script)
{
    private static readonly int[] PlainUsage = [100, 0, 20, 0];

    /// <summary>An answer that completes with these items, given as JSON.</summary>
    public static ScriptedAnswer Of(params IEnumerable<string> items) => new(new JsonObject { ["items"] = new JsonArray([.. items.Select(item => JsonNode.Parse(item))]) });

    /// <param name="fill">Puts values in place of the names that a script cannot know beforehand.</param>
    public async Task WriteAsync(HttpContext context, Func<string, string> fill)
    {
        if (script["status"] is { } status)
        {
            await RefuseAsync(context.Response, (int)status, fill);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        await SendAsync(context.Response, new JsonObject { ["type"] = "response.created", ["response"] = new JsonObject { ["id"] = "resp_1" } });
        var at = 0;
        foreach (var item in script["items"]?.AsArray() ?? [])
        {
            foreach (var e in Events(JsonNode.Parse(fill(Whole(item!, at).ToJsonString()))!.AsObject(), at++))
                await SendAsync(context.Response, e);
        }

        switch (script["end"])
        {
            case null:
                await SendAsync(context.Response, Last("response.completed"));
                break;
            case JsonValue value when (string?)value == "reset":
                await context.Response.Body.FlushAsync();
                // A reset overtakes bytes that the other side has not read yet.
                await Task.Delay(TimeSpan.FromMilliseconds(300));
                context.Abort();
                break;
            case JsonValue value when (string?)value == "cut":
                break;
            case JsonValue value when (string?)value == "silence":
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case JsonObject end:
                await SendAsync(context.Response, End(end));
                break;
            default:
                throw new InvalidDataException("unknown end of an answer");
        }
    }

    private async Task RefuseAsync(HttpResponse response, int status, Func<string, string> fill)
    {
        response.StatusCode = status;
        foreach (var (name, value) in script["headers"]?.AsObject() ?? [])
            response.Headers[name] = (string?)value;
        if (script["body"] is not { } body)
            return;
        response.ContentType = body is JsonValue ? "text/plain" : "application/json";
        await response.WriteAsync(fill(body is JsonValue ? (string)body! : body.ToJsonString()));
    }

    private static JsonObject Whole(JsonNode item, int at) => item switch
    {
        JsonObject { } o when o["say"] is { } text => new JsonObject
        {
            ["type"] = "message",
            ["id"] = $"msg_{at}",
            ["role"] = "assistant",
            ["status"] = "completed",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = text.DeepClone(), ["annotations"] = new JsonArray() }),
        },
        JsonObject { } o when o["think"] is { } text => new JsonObject
        {
            ["type"] = "reasoning",
            ["id"] = $"rs_{at}",
            ["summary"] = new JsonArray(new JsonObject { ["type"] = "summary_text", ["text"] = text.DeepClone() }),
            ["encrypted_content"] = o["sealed"]?.DeepClone(),
        },
        JsonObject { } o when o["call"] is { } name => Call(o, name, at),
        JsonObject { } o => o.DeepClone().AsObject(),
        _ => throw new InvalidDataException("an item is no object"),
    };

    private static JsonObject Call(JsonObject given, JsonNode name, int at)
    {
        var call = new JsonObject { ["type"] = "function_call", ["id"] = $"fc_{at}", ["call_id"] = given["id"]?.DeepClone() ?? $"call_{at}", ["name"] = name.DeepClone() };
        if (given["namespace"] is { } ns)
            call["namespace"] = ns.DeepClone();
        // A text is sent as it stands, well formed or not.
        call["arguments"] = given["with"] switch
        {
            JsonValue text => (string)text!,
            { } arguments => arguments.ToJsonString(),
            null => "{}",
        };
        call["status"] = "completed";
        return call;
    }

    /// <summary>As a server tells of an item: that it begins, its text in two pieces, the whole.</summary>
    private static IEnumerable<JsonObject> Events(JsonObject item, int at)
    {
        var text = (string?)item["content"]?[0]?["text"];
        if ((string?)item["type"] == "message" && text is not null)
        {
            var begun = item.DeepClone().AsObject();
            begun["content"] = new JsonArray();
            yield return new JsonObject { ["type"] = "response.output_item.added", ["output_index"] = at, ["item"] = begun };
            foreach (var piece in new[] { text[..(text.Length / 2)], text[(text.Length / 2)..] })
            {
                yield return new JsonObject
                {
                    ["type"] = "response.output_text.delta",
                    ["item_id"] = item["id"]?.DeepClone(),
                    ["output_index"] = at,
                    ["content_index"] = 0,
                    ["delta"] = piece,
                };
            }
        }

        yield return new JsonObject { ["type"] = "response.output_item.done", ["output_index"] = at, ["item"] = item };
    }

    private JsonObject End(JsonObject end)
    {
        if (end["error"] is { } error)
            return new JsonObject { ["type"] = "error", ["error"] = error.DeepClone() };
        if (end["failed"] is { } failed)
        {
            var last = Last("response.failed");
            last["response"]!["error"] = failed.DeepClone();
            return last;
        }

        var incomplete = Last("response.incomplete");
        incomplete["response"]!["incomplete_details"] = new JsonObject { ["reason"] = end["incomplete"]!.DeepClone() };
        return incomplete;
    }

    private JsonObject Last(string type)
    {
        var response = new JsonObject { ["id"] = "resp_1" };
        if (script.ContainsKey("usage") && script["usage"] is null)
            return new JsonObject { ["type"] = type, ["response"] = response };
        var usage = script["usage"]?.AsArray().Select(number => (int)number!).ToArray() ?? PlainUsage;
        response["usage"] = new JsonObject
        {
            ["input_tokens"] = usage[0],
            ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = usage[1] },
            ["output_tokens"] = usage[2],
            ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = usage[3] },
            ["total_tokens"] = usage[0] + usage[2],
        };
        if (script["end_turn"] is { } endTurn)
            response["end_turn"] = endTurn.DeepClone();
        return new JsonObject { ["type"] = type, ["response"] = response };
    }

    private static Task SendAsync(HttpResponse response, JsonObject e) =>
        response.WriteAsync($"event: {(string?)e["type"]}\ndata: {e.ToJsonString()}\n\n");
}
