using System.Text.Json;
using Codex.Contract.Tests.StockClients;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.Policy;

/// <summary>Reads one answer of a backend as a fixture writes it.</summary>
internal static class PolicyAnswer
{
    /// <summary>
    /// One of: <c>text</c> (a whole answer), <c>stream</c> (chunk by chunk), <c>error</c> (message, type, code; with
    /// <c>status</c>), <c>body</c> (with <c>status</c> and <c>type</c>), <c>end</c> (<c>reset</c> or <c>silence</c>
    /// before any answer). Beside it <c>headers</c>, and <c>silence_seconds</c> before the first byte.
    /// </summary>
    public static ChatScript Read(JsonElement answer)
    {
        var script = Script(answer);
        if (answer.TryGetProperty("headers", out var headers))
        {
            foreach (var header in headers.EnumerateObject())
                script = script.WithHeader(header.Name, header.Value.GetString()!);
        }

        return answer.TryGetProperty("silence_seconds", out var seconds) ? script.AfterSilence(TimeSpan.FromSeconds(seconds.GetDouble())) : script;
    }

    private static ChatScript Script(JsonElement answer)
    {
        if (answer.TryGetProperty("text", out var text))
            return Answers.Text(text.GetString()!);
        if (answer.TryGetProperty("stream", out var steps))
            return Stream(steps);
        if (answer.TryGetProperty("error", out var error))
        {
            return ChatScript.Error(
                answer.GetProperty("status").GetInt32(),
                error.GetProperty("message").GetString()!,
                Optional(error, "type") ?? "invalid_request_error",
                Optional(error, "code"));
        }

        if (answer.TryGetProperty("body", out var body))
            return ChatScript.Body(answer.GetProperty("status").GetInt32(), body.GetString()!, Optional(answer, "type") ?? ChatScript.JsonType);
        return answer.GetProperty("end").GetString() switch
        {
            "reset" => ChatScript.Refuse(),
            "silence" => ChatScript.Silence(),
            var other => throw new InvalidDataException($"unknown end '{other}'"),
        };
    }

    private static ChatScript Stream(JsonElement steps)
    {
        var stream = new ChatStreamBuilder().Role();
        foreach (var step in steps.EnumerateArray().SelectMany(step => step.EnumerateObject()))
        {
            _ = step.Name switch
            {
                "text" => stream.Content(step.Value.GetString()!),
                "finish" => stream.Finish(step.Value.GetString()!),
                "error" => stream.Error(step.Value.GetString()!),
                "done" => stream.Done(),
                "reset" => stream.Abort(),
                _ => throw new InvalidDataException($"unknown step '{step.Name}'"),
            };
        }

        return stream.ToScript();
    }

    private static string? Optional(JsonElement value, string name) => value.TryGetProperty(name, out var found) ? found.GetString() : null;
}
