using System.Text.Json;
using Codex.Contract.Tests.Providers;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent;

/// <summary>The built program in a home of its own, with a server that answers by script as its only provider.</summary>
internal sealed class AgentBench : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Built beside this project, in the same configuration.</summary>
    public static readonly string Program = Path.Combine(
        RepositoryRoot.Path, "src", "Agent", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "codex-agent");

    private AgentBench(ScriptedResponses model) => Model = model;

    public CodexHome Home { get; } = new();

    public ScriptedResponses Model { get; }

    /// <summary>Input items of the last request.</summary>
    public IReadOnlyList<JsonElement> LastInput => Model.Inputs[^1];

    /// <param name="settings">Lines of config.toml before the first table.</param>
    public static async Task<AgentBench> StartAsync(string settings = "")
    {
        var bench = new AgentBench(await ScriptedResponses.StartAsync());
        await File.WriteAllTextAsync(Path.Combine(bench.Home.State, "config.toml"), $"""
            model = "scripted"
            model_provider = "script"
            model_context_window = 128000
            {settings}
            [model_providers.script]
            base_url = "{bench.Model.BaseUrl}"
            """);
        MakeRepository(bench.Home.Work);
        return bench;
    }

    /// <summary>As much of one as the program looks for; git itself need not be there.</summary>
    public static void MakeRepository(string directory)
    {
        Directory.CreateDirectory(Path.Combine(directory, ".git"));
        File.WriteAllText(Path.Combine(directory, ".git", "HEAD"), "ref: refs/heads/main\n");
    }

    /// <summary>One run with one answer.</summary>
    public Task<ProcessOutcome> AnswerAsync(string answer, params string[] arguments)
    {
        Model.Answer(ScriptedResponses.Message(answer));
        return RunAsync(arguments);
    }

    public Task<ProcessOutcome> RunAsync(params string[] arguments) => PipeAsync("", Home.Work, arguments);

    /// <param name="input">Of its standard input.</param>
    public Task<ProcessOutcome> PipeAsync(string input, string directory, params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because commands are only confined on Linux");
        return ClientProcess.RunAsync(Program, arguments, directory, Home.Environment(key: null), Limit, input);
    }

    public async ValueTask DisposeAsync()
    {
        await Model.DisposeAsync();
        Home.Dispose();
    }
}
