using System.Text.Json;
using Codex.Contract.Tests.Providers;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.Escapes;

/// <summary>
/// A workspace and something outside of it that must stay as it is, for <c>codex-agent exec</c> with a scripted model. Not below
/// <c>/tmp</c>, which commands may write to.
/// </summary>
internal sealed class ExecScene : IAsyncDisposable
{
    /// <summary>The agent's own key, which no command and no tool may see.</summary>
    public const string Key = "sk-made-up-key-of-the-agent";

    private const string Nobody = "65534";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string Program = Path.Combine(
        RepositoryRoot.Path, "src", "Agent", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "codex-agent");

    private readonly string _root = Path.Combine("/var/tmp", $"codex-agent-exec-{Guid.NewGuid():N}");
    private readonly bool _isOrdinary;
    private readonly string _programs;
    private readonly ScriptedResponses _model;

    private ExecScene(bool isOrdinary, string programs, ScriptedResponses model)
    {
        _isOrdinary = isOrdinary;
        _programs = programs;
        _model = model;
    }

    public string Work => Path.Combine(_root, "work");

    public string Outside => Path.Combine(_root, "outside");

    public string Home => Path.Combine(_root, "codex");

    /// <summary>What lies outside, by name.</summary>
    public IEnumerable<string?> Escaped => Directory.EnumerateFileSystemEntries(Outside).Select(Path.GetFileName);

    /// <summary>What the model was told of its calls, in the last request.</summary>
    public IReadOnlyList<string> Outputs => [.. (_model.Inputs.LastOrDefault() ?? []).Where(i => i.GetProperty("type").GetString() == "function_call_output").Select(i => i.GetProperty("output").GetRawText())];

    /// <summary>Everything the model was ever sent.</summary>
    public string Sent => string.Concat(_model.Inputs.SelectMany(i => i).Select(i => i.GetRawText()));

    /// <param name="user"><c>current</c> or <c>ordinary</c>.</param>
    /// <param name="backend"><c>bubblewrap</c>, or <c>landlock</c>: the same machine without bubblewrap.</param>
    public static async Task<ExecScene> CreateAsync(string user, string backend, ProgramsWithoutBubblewrap others)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands are only confined on Linux");
        var isOrdinary = user == "ordinary";
        Skip.If(isOrdinary && (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv")), "skipped, because only root can become another user, by setpriv");
        var scene = new ExecScene(isOrdinary, backend == "landlock" ? others.Place : Environment.GetEnvironmentVariable("PATH") ?? "", await ScriptedResponses.StartAsync());
        foreach (var folder in new[] { scene.Work, scene.Outside, scene.Home })
            Directory.CreateDirectory(folder);
        await scene.RequireAsync(backend);
        return scene;
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The next answers of the model, each with one call; after them it says that it is done.</summary>
    public void Calls(params (string Tool, object Arguments)[] calls)
    {
        foreach (var (tool, arguments) in calls)
            _model.Answer(Call(tool, arguments));
        _model.Answer(ScriptedResponses.Message("done"));
    }

    /// <summary>One answer with many calls.</summary>
    public void Together(IEnumerable<(string Tool, object Arguments)> calls)
    {
        _model.Answer([.. calls.Select(c => Call(c.Tool, c.Arguments))]);
        _model.Answer(ScriptedResponses.Message("done"));
    }

    public async Task<ProcessOutcome> RunAsync(string configuration = "", params string[] arguments)
    {
        var home = arguments is ["--home", var elsewhere, ..] ? elsewhere : Home;
        Directory.CreateDirectory(home);
        await File.WriteAllTextAsync(Path.Combine(home, "config.toml"), $"""
            model = "scripted"
            model_provider = "scripted"
            model_context_window = 200000
            {configuration}
            [model_providers.scripted]
            name = "scripted"
            base_url = "{_model.BaseUrl}"
            env_key = "SCRIPTED_API_KEY"
            """);
        if (_isOrdinary)
            await ClientProcess.RunAsync("/bin/chown", ["-R", $"{Nobody}:{Nobody}", _root], "/", Variables(home), Limit);
        string[] words = [Program, "exec", "--skip-git-repo-check", .. arguments.Skip(arguments is ["--home", ..] ? 2 : 0), "go on"];
        return await ClientProcess.RunAsync(_isOrdinary ? "/usr/bin/setpriv" : words[0], _isOrdinary ? [.. AsNobody, .. words] : words[1..], Work, Variables(home), Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    private static string[] AsNobody => [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"];

    private static string Call(string tool, object arguments)
    {
        var id = Guid.NewGuid().ToString("N");
        return $$"""{"type":"function_call","id":"fc_{{id}}","name":"{{tool}}","arguments":{{JsonSerializer.Serialize(JsonSerializer.Serialize(arguments))}},"call_id":"{{id}}"}""";
    }

    private Dictionary<string, string> Variables(string home) => new(StringComparer.Ordinal)
    {
        ["PATH"] = _programs,
        ["HOME"] = Path.Combine(_root, "home"),
        ["CODEX_HOME"] = home,
        ["SCRIPTED_API_KEY"] = Key,
        ["OTHER_SECRET"] = Key,
        ["LANG"] = "C.UTF-8",
    };

    private async Task RequireAsync(string backend)
    {
        string[] probe = [Program, "sandbox", "--backend", backend, "--", "/bin/true"];
        var outcome = await ClientProcess.RunAsync(_isOrdinary ? "/usr/bin/setpriv" : probe[0], _isOrdinary ? [.. AsNobody, .. probe] : probe[1..], "/", Variables(Home), Limit);
        if (outcome.ExitCode == 0)
            return;
        await DisposeAsync();
        Skip.If(true, $"skipped, because {backend} does not work here for this user: {outcome.Stderr.Trim()}");
    }
}
