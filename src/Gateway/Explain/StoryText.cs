using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Codex.Translation;

namespace Codex.Gateway.Explain;

/// <summary>Stories for a terminal: the two requests beside each other, then what was decided and what passed by.</summary>
internal static class StoryText
{
    private const int Column = 78;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = WireJson.Options.Encoder };

    public static string List(ImmutableArray<RequestStory> stories)
    {
        var text = new StringBuilder();
        foreach (var story in stories)
            text.Append(Head(story)).Append('\n');
        return text.Length == 0 ? "No requests yet.\n" : text.ToString();
    }

    public static string Whole(RequestStory story)
    {
        var text = new StringBuilder().Append(Head(story)).Append("\n\nDECISIONS\n");
        foreach (var decision in story.Log.Decisions)
            text.Append(At(decision.At)).Append("  ").Append(OneLine(decision.Sentence)).Append('\n');
        text.Append('\n');
        var call = story.Calls.FirstOrDefault();
        AddBeside(
            text,
            [$"CLIENT  {story.Method} {story.Path}", .. Lines(story.Headers), "", .. BodyLines(story.Body)],
            call is null ? ["BACKEND  was not asked"] : [$"BACKEND  POST {call.Url}", .. Lines(call.Headers), "", .. BodyLines(call.Body)]);
        text.Append("\nEVENTS  < from the backend, > to the client\n");
        foreach (var e in story.Events)
            text.Append(At(e.At)).Append(e.Side == StorySide.Backend ? " < " : " > ").Append(OneLine(e.Text)).Append('\n');
        if (story.OmittedEvents > 0)
            text.Append(CultureInfo.InvariantCulture, $"and {story.OmittedEvents} more\n");
        return text.ToString();
    }

    private static string Head(RequestStory story) => string.Create(
        CultureInfo.InvariantCulture,
        $"{story.Id}  {story.At:yyyy-MM-dd HH:mm:ss}  {story.Method} {story.Path}  {OneLine(story.Log.Provider ?? "-")}  {OneLine(story.Log.Model ?? "-")}  {story.Status?.ToString(CultureInfo.InvariantCulture) ?? "running"}  {(story.Duration ?? story.Log.Elapsed).TotalMilliseconds:0} ms  attempts {story.Log.AttemptCount}{(story.Log.Failure is { } failure ? "  " + failure : "")}");

    private static void AddBeside(StringBuilder text, IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var (one, other) = (i < left.Count ? Fitting(left[i]) : "", i < right.Count ? Fitting(right[i]) : "");
            text.Append(one.PadRight(Column)).Append(" | ").Append(other).Append('\n');
        }
    }

    private static IEnumerable<string> Lines(ImmutableArray<KeyValuePair<string, string>> headers) => headers.Select(h => $"{h.Key}: {h.Value}");

    private static string[] BodyLines(string? body)
    {
        try
        {
            return JsonNode.Parse(body ?? "null")?.ToJsonString(Indented).Split('\n') ?? [];
        }
        catch (JsonException)
        {
            return (body ?? "").Split('\n');
        }
    }

    private static string Fitting(string line)
    {
        line = OneLine(line);
        return line.Length <= Column ? line : string.Concat(line.AsSpan(0, Column - 1), "…");
    }

    /// <summary>No control characters: a backend's words must not move the cursor of whoever reads them.</summary>
    private static string OneLine(string text) =>
        string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });

    private static string At(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,9:0.0} ms");
}
