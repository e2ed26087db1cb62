using System.Collections.Immutable;
using System.Text.Json;
using Codex.Contract.Tests.Providers;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>One directory of <c>fixtures/weak-model</c>: a project, a model with its weakness, and what must come of it.</summary>
internal sealed record WeakCase(string Name)
{
    private const string Area = "weak-model";

    public string Prompt { get; private init; } = "";

    public string Model { get; private init; } = CodexStage.Model;

    /// <summary>Of the backend; it decides which leaked calls the gateway looks for.</summary>
    public string Dialect { get; private init; } = "llamacpp";

    /// <summary>Tokens as the backend lists them; null when it does not tell.</summary>
    public int? Window { get; private init; }

    /// <summary>Tokens the backend really takes: a longer request is refused in its words.</summary>
    public int RealWindow { get; private init; }

    /// <summary>The backend's template knows no results of tools: such messages never reach the model.</summary>
    public bool DropsToolMessages { get; private init; }

    /// <summary>Further <c>-c</c> overrides for our agent.</summary>
    public ImmutableArray<string> Settings { get; private init; } = [];

    /// <summary>What the model answers when it is asked to sum up.</summary>
    public string Summary { get; private init; } = "";

    /// <summary>Whether the task ends done, or the agent stops with clear words.</summary>
    public bool IsDone { get; private init; }

    /// <summary>In the message with which our agent stops.</summary>
    public string Words { get; private init; } = "";

    /// <summary>More are taken for an endless turn.</summary>
    public int MostRequests { get; private init; }

    public ImmutableArray<WeakStep> Steps { get; private init; } = [];

    /// <summary>Done over and over once <see cref="Steps"/> are through; <c>{n}</c> in them counts.</summary>
    public ImmutableArray<WeakStep> Forever { get; private init; } = [];

    public string Before => Path.Combine(Folder, "before");

    /// <summary>The tree that is wanted; the first one where nothing may change.</summary>
    public string After => Directory.Exists(Path.Combine(Folder, "after")) ? Path.Combine(Folder, "after") : Before;

    public string StockFile => Path.Combine(Folder, "codex-0.169.0.txt");

    private string Folder => Path.Combine(Root, Name);

    private static string Root => Path.Combine(RepositoryRoot.Path, "fixtures", Area);

    public static TheoryData<string> Names => [.. All];

    public static IReadOnlyList<string> All { get; } = [.. Directory.EnumerateDirectories(Root).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    public static WeakCase Read(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, name, "case.json")));
        var json = file.RootElement;
        var window = json.TryGetProperty("window", out var told) && told.ValueKind == JsonValueKind.Number ? told.GetInt32() : 32_768;
        return new WeakCase(name)
        {
            Prompt = Text(json, "prompt"),
            Model = Text(json, "model", CodexStage.Model),
            Dialect = Text(json, "dialect", "llamacpp"),
            Window = told is { ValueKind: JsonValueKind.Null } ? null : window,
            RealWindow = json.TryGetProperty("real_window", out var real) ? real.GetInt32() : window,
            DropsToolMessages = json.TryGetProperty("drops_tool_messages", out var drops) && drops.GetBoolean(),
            Settings = json.TryGetProperty("settings", out var settings) ? [.. settings.EnumerateArray().Select(s => s.GetString()!)] : [],
            Summary = Text(json, "summary", "Goal: what the user asked for.\nDone: nothing that counts.\nNext: go on."),
            IsDone = Text(json, "ends") == "done",
            Words = Text(json, "words"),
            MostRequests = json.TryGetProperty("most_requests", out var most) ? most.GetInt32() : 30,
            Steps = ReadSteps(json, "steps"),
            Forever = ReadSteps(json, "forever"),
        };
    }

    private static ImmutableArray<WeakStep> ReadSteps(JsonElement json, string name) =>
        json.TryGetProperty(name, out var steps) ? [.. steps.EnumerateArray().Select(WeakStep.Parse)] : [];

    private static string Text(JsonElement json, string name, string otherwise = "") =>
        json.TryGetProperty(name, out var text) ? text.GetString()! : otherwise;
}
