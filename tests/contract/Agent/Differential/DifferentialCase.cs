using System.Text.Json.Nodes;
using Codex.Contract.Tests.Providers;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>One command line of a script.</summary>
/// <param name="Arguments">Behind the program's name.</param>
/// <param name="Input">Its whole standard input.</param>
/// <param name="Answers">What the model's server answers, in order.</param>
/// <param name="Directory">Where it runs, below the working directory.</param>
internal sealed record ScriptedRun(IReadOnlyList<string> Arguments, string Input, IReadOnlyList<ScriptedAnswer> Answers, string Directory)
{
    /// <summary>Calls run side by side in it.</summary>
    public bool OrderVaries { get; init; }
}

/// <summary>
/// A script that both programs play: <c>case.json</c> with its runs, <c>config.toml</c> for the user's settings,
/// <c>work</c> and <c>codex</c> with the files of the working directory and of CODEX_HOME. <c>codex.txt</c> is what the
/// real Codex did, <c>differences.md</c> what ours does otherwise and why.
/// </summary>
internal sealed class DifferentialCase
{
    private readonly string _folder;
    private readonly JsonObject _json;

    private DifferentialCase(string area, string name)
    {
        _folder = System.IO.Path.Combine(Root, area, name);
        _json = JsonNode.Parse(File.ReadAllText(PathOf("case.json")))!.AsObject();
    }

    public static string Root { get; } = System.IO.Path.Combine(RepositoryRoot.Path, "fixtures", "differential");

    /// <summary>The scripts of one area: <c>work</c> or <c>failures</c>.</summary>
    public static TheoryData<string> Names(string area) =>
        [.. Directory.EnumerateDirectories(System.IO.Path.Combine(Root, area)).Select(folder => System.IO.Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>Commands are confined in it, so that a machine without a sandbox cannot play it.</summary>
    public bool NeedsSandbox => Flag("needs_sandbox");

    /// <summary>The working directory is a git repository.</summary>
    public bool IsRepository => Flag("repository");

    /// <summary>A program of the script is sent SIGINT.</summary>
    public bool NeedsInterrupts => Flag("interrupts");

    /// <summary>Fields of the requests that are compared beside the conversation; "*" is all of them, and the headers.</summary>
    public IReadOnlyList<string> RequestFields => [.. (_json["request_fields"]?.AsArray() ?? []).Select(name => (string)name!)];

    public IReadOnlyList<ScriptedRun> Runs =>
    [
        .. _json["runs"]!.AsArray().Select(run => new ScriptedRun(
            [.. run!["arguments"]!.AsArray().Select(argument => (string)argument!)],
            (string?)run["input"] ?? "",
            [.. (run["answers"]?.AsArray() ?? []).Select(answer => new ScriptedAnswer(answer!.AsObject()))],
            (string?)run["directory"] ?? ".")
        {
            OrderVaries = (bool?)run["order_varies"] ?? false,
        }),
    ];

    /// <summary>The user's settings of this script: top-level keys first, then tables.</summary>
    public string Config => File.Exists(PathOf("config.toml")) ? File.ReadAllText(PathOf("config.toml")) : "";

    public static DifferentialCase Read(string area, string name) => new(area, name);

    public string PathOf(string file) => System.IO.Path.Combine(_folder, file);

    private bool Flag(string name) => (bool?)_json[name] ?? false;
}
