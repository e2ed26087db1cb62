using Codex.Agent.Approvals;
using Codex.Agent.Client;
using Codex.Agent.Configuration;
using Codex.Agent.Events;
using Codex.Agent.Gateway;
using Codex.Agent.Mcp;
using Codex.Agent.Models;
using Codex.Agent.Sandbox;
using Codex.Agent.Skills;
using Codex.Agent.Tools;

namespace Codex.Agent.Threads;

/// <summary>Holds what a thread needs from outside, from its start to the end of the program: connections, a gateway of its own, running commands.</summary>
internal sealed class AgentHost : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly OwnGateway? _ownGateway;
    private readonly TimeProvider _time;
    // Only for the numbers of commands that run on; a test of those brings its own.
    private readonly Random _random = new();
    private int _items;

    private AgentHost(AgentSettings settings, ModelChoice.Made choice, HttpMessageInvoker http, TimeProvider time)
    {
        Settings = settings;
        Endpoint = choice.Endpoint;
        Model = choice.Model;
        _ownGateway = choice.Own;
        _http = http;
        _time = time;
    }

    public AgentSettings Settings { get; }

    public ModelEndpoint Endpoint { get; }

    public ModelProfile Model { get; }

    /// <summary>The gateway that was started for this host has ended: whatever is asked now fails.</summary>
    public bool HasLostGateway => _ownGateway is { HasEnded: true };

    /// <returns>The host, or why no model can be asked.</returns>
    public static async Task<(AgentHost? Host, string? Problem)> StartAsync(AgentSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        var (handler, connectionProblem) = ServerConnection.Create(settings.Variable(ServerConnection.AuthoritiesVariable));
        if (handler is null)
            return (null, connectionProblem);
        var http = new HttpMessageInvoker(handler);
        // Its self-test takes as long as the first question to a server; the thread asks for the result.
        if (settings.Sandbox.Mode != SandboxMode.FullAccess)
            _ = SandboxSelfTest.FindAsync();
        switch (await ModelChoice.MakeAsync(settings, http, time, cancellation))
        {
            case ModelChoice.Made made:
                return (new AgentHost(settings, made, http, time), null);
            case ModelChoice.Failed failed:
                http.Dispose();
                return (null, failed.Message);
            default:
                throw new NotSupportedException();
        }
    }

    public string NextItemId() => $"item_{Interlocked.Increment(ref _items) - 1}";

    public string NewThreadId() => Guid.CreateVersion7(_time.GetUtcNow()).ToString();

    /// <summary>Empty when the server does not tell.</summary>
    public Task<IReadOnlyList<ModelMetadata>> ListModelsAsync(CancellationToken cancellation) => ModelList.AskAsync(_http, Endpoint, _time, cancellation);

    /// <returns>The thread, or why it cannot be opened.</returns>
    public async Task<(OpenThread? Thread, string? Problem)> OpenAsync(
        ThreadRequest request, ThreadChoice choice, ApprovalGate approvals, CancellationToken cancellation)
    {
        Action<AgentEvent> tell = static _ => { };
        var opening = new SessionOpening(Settings, Endpoint.ProviderId, request, _time, text => tell(new AgentEvent.ItemCompleted(new ThreadItem.Notice(NextItemId(), text))));
        var (session, problem) = opening.Open(choice, NewThreadId());
        if (session is null)
            return (null, problem);
        var start = await McpServers.StartAsync(Settings, request.Version, _time, cancellation);
        if (start is not McpStart.Ready { Servers: var servers })
            return (null, ((McpStart.Failed)start).Message);
        var (own, ruleProblem) = BuiltInTools.For(Settings, Model, request.Version, _random, _time);
        if (own is null)
        {
            await servers.DisposeAsync();
            return (null, ruleProblem);
        }

        var tools = new ToolBox([.. own.Tools, .. servers.Tools], own.Understood);
        var (thread, warnings) = ThreadStart.Create(
            Settings,
            Endpoint,
            Model,
            request with { Resumed = session.Resumed },
            session.ThreadId,
            tools,
            (emit, limit) =>
            {
                tell = emit;
                var context = NewContext(session.ThreadId, approvals, emit, limit);
                own.TellTo(context);
                return context;
            },
            session.Recorder,
            _http,
            _time);
        session.Recorder.Opened();
        return (new OpenThread(session.ThreadId, thread, [.. warnings, .. await SandboxWarningsAsync(), .. servers.Warnings], input => SkillMentions.Complete(input, Settings.Skills), CloseAsync), null);

        ValueTask CloseAsync()
        {
            own.Dispose();
            return servers.DisposeAsync();
        }
    }

    private async Task<IEnumerable<string>> SandboxWarningsAsync() =>
        Settings.Sandbox.Mode != SandboxMode.FullAccess && await SandboxSelfTest.FindAsync(SandboxChoice.Best) is SandboxBackend.Landlock { Weakness: { } weakness }
            ? [weakness]
            : [];

    public async ValueTask DisposeAsync()
    {
        if (_ownGateway is not null)
            await _ownGateway.DisposeAsync();
        _http.Dispose();
    }

    private ToolContext NewContext(string threadId, ApprovalGate approvals, Action<AgentEvent> emit, int limit) => new()
    {
        ThreadId = threadId,
        WorkingDirectory = Settings.WorkingDirectory,
        Sandbox = Settings.Sandbox,
        Approvals = approvals,
        Environment = Settings.CommandEnvironment,
        OutputLimit = limit,
        OutputDirectory = Path.Combine(Settings.CodexHome, "tmp", "outputs"),
        Time = _time,
        Emit = emit,
        NextItemId = NextItemId,
    };
}
