using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Codex.Translation.Tests.Fixtures;

/// <summary>
/// Leaves out of every response object what only repeats the request, so that an expected file shows what matters.
/// Fixtures with <c>"whole": true</c> are compared without it.
/// </summary>
internal static class EchoElision
{
    private static readonly string[] Kept = ["id", "completed_at", "status", "incomplete_details", "output", "error", "usage"];
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Apply(string events)
    {
        var result = new StringBuilder(events.Length);
        foreach (var line in events.Split('\n'))
        {
            if (result.Length > 0)
                result.Append('\n');
            result.Append(line.StartsWith("data: ", StringComparison.Ordinal) ? "data: " + Shorten(line[6..]) : line);
        }

        return result.ToString();
    }

    private static string Shorten(string json)
    {
        if (JsonNode.Parse(json) is not JsonObject { } e || e["response"] is not JsonObject response)
            return json;
        var kept = new JsonObject();
        foreach (var (key, value) in response)
        {
            if (Kept.Contains(key))
                kept[key] = value?.DeepClone();
        }

        kept["…"] = "echo";
        e["response"] = kept;
        return e.ToJsonString(Options);
    }
}
