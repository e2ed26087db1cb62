using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>What was seen of a script, in sections of lines: streams, exit codes, what the model was sent, files at the end.</summary>
internal sealed partial class Transcript(SteadyNames names)
{
    /// <summary>Begins a section.</summary>
    public const string Heading = "## ";

    private static readonly HashSet<string> Transport = new(["Host", "Content-Length", "Transfer-Encoding", "Connection", "traceparent"], StringComparer.OrdinalIgnoreCase);

    private readonly StringBuilder _text = new();
    private List<JsonElement> _known = [];
    private string? _thread;
    private int _runs;

    public void Add(ScriptedRun run, ProcessOutcome outcome, IReadOnlyList<AskedResponse> requests, int answersLeft, IReadOnlyList<string> fields)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"run {++_runs}");
        Section(title, string.Join(' ', run.Arguments));
        Section($"{title}, stdout", run.OrderVaries ? InAnyOrder(outcome.Stdout) : Events(outcome.Stdout));
        Section($"{title}, stderr", outcome.Stderr);
        Section($"{title}, exit code", outcome.ExitCode.ToString(CultureInfo.InvariantCulture));
        foreach (var (request, at) in requests.Select((request, at) => (request, at)))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{title}, request {at + 1}");
            if (fields is ["*"])
                Section($"{name}, headers and fields", Headers(request) + Fields(request.Body, field => true));
            else if (fields.Count > 0)
                Section($"{name}, fields", Fields(request.Body, fields.Contains));
            Section($"{name}, new in the conversation", New(request.Body));
        }

        if (answersLeft > 0)
            Section($"{title}, answers not asked for", answersLeft.ToString(CultureInfo.InvariantCulture));
    }

    public void Add(IReadOnlyDictionary<string, string> files)
    {
        foreach (var (name, content) in files)
            Section($"file {name}", content.Contains('\0', StringComparison.Ordinal) ? $"{{{content.Length} characters}}" : content.EndsWith('\n') || content.Length == 0 ? content : content + "(no line end)");
    }

    public override string ToString() => _text.ToString();

    private void Section(string title, string content)
    {
        _text.Append(Heading).Append(title).Append('\n');
        foreach (var line in Lines(names.Steady(content)))
            _text.Append(line.StartsWith(Heading, StringComparison.Ordinal) ? "\\" : "").Append(Visible(Long.Shortened(line))).Append('\n');
    }

    private static string Visible(string line) => line.Any(IsUnseen)
        ? string.Concat(line.Select(c => IsUnseen(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString()))
        : line;

    private static bool IsUnseen(char c) => char.IsControl(c) && c != '\t';

    private static IEnumerable<string> Lines(string content) => content.TrimEnd('\n').Split('\n').Where(line => content.Length > 0);

    /// <summary>Events with the same escapes in their texts; all else as it was written.</summary>
    private static string Events(string text) => string.Join('\n', text.Split('\n').Select(line => line.StartsWith('{') ? Json.Write(JsonElement.Parse(line)) : line));

    /// <summary>Events of calls that run side by side, which Codex starts in any order: sorted, ids of items left out.</summary>
    private static string InAnyOrder(string events) =>
        string.Join('\n', events.Split('\n').Select(line => ItemId().Replace(line, "{item}")).Order(StringComparer.Ordinal));

    private string New(JsonElement body)
    {
        var input = body.GetProperty("input").EnumerateArray().ToList();
        var thread = body.TryGetProperty("prompt_cache_key", out var key) ? key.GetString() : null;
        if (thread != _thread)
            _known = [];
        _thread = thread;
        var same = input.Zip(_known).TakeWhile(pair => JsonElement.DeepEquals(pair.First, pair.Second)).Count();
        var text = new StringBuilder(same < _known.Count ? "(the conversation was rewritten)\n" : "");
        // What a program tells the model of itself is its own; what the user said and what tools gave must be the same.
        foreach (var item in input.Skip(same < _known.Count ? 0 : same))
            text.Append(ConversationText.Of(item));
        _known = input;
        return text.ToString();
    }

    private static string Headers(AskedResponse request) => string.Concat(request.Headers
        .Where(header => !Transport.Contains(header.Key))
        .OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
        .Select(header => $"{header.Key.ToLowerInvariant()}: {(header.Key == "x-codex-turn-metadata" ? "..." : header.Value)}\n"));

    private static string Fields(JsonElement body, Func<string, bool> isShown)
    {
        var text = new StringBuilder();
        foreach (var field in body.EnumerateObject().Where(f => isShown(f.Name)).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var value = field.Name switch
            {
                "input" or "client_metadata" or "instructions" => "...",
                "tools" => string.Join(", ", field.Value.EnumerateArray().Select(Tool)),
                _ => field.Value.GetRawText(),
            };
            text.Append(field.Name).Append(": ").Append(value).Append('\n');
        }

        return text.ToString();
    }

    [GeneratedRegex("item_[0-9]+")]
    private static partial Regex ItemId();

    private static string Tool(JsonElement tool) => tool.TryGetProperty("name", out var name) ? name.GetString()! : tool.GetProperty("type").GetString()!;
}
