using System.Collections.Immutable;
using Codex.Agent.Approvals;
using Codex.Agent.Client;
using Codex.Agent.CommandLine;
using Codex.Agent.Configuration;
using Codex.Agent.Threads;

namespace Codex.Agent.Interactive;

/// <summary>The thread that is talked to, and the way to another one.</summary>
internal sealed class ThreadDesk(
    SettingsRequest wanted, AgentSettings settings, TimeProvider time, Func<ApprovalRequest, CancellationToken, Task<ApprovalAnswer>> ask) : IAsyncDisposable
{
    private readonly List<AgentHost> _hosts = [];
    private SettingsRequest _wanted = wanted;
    private OpenThread? _thread;

    public AgentSettings Settings { get; private set; } = settings;

    public TimeProvider Time => time;

    /// <summary>Ids of the conversations that were listed last: what their numbers mean, whatever was written since.</summary>
    public ImmutableArray<string> Listed { get; set; } = [];

    public bool IsOpen => _thread is not null;

    /// <summary>The last one: earlier ones may own the gateway, and end with the program.</summary>
    public AgentHost Host => _hosts[^1];

    public bool HasLostGateway => _hosts.Exists(h => h.HasLostGateway);

    public OpenThread Thread => _thread ?? throw new InvalidOperationException("No thread is open.");

    /// <summary>Reads the settings again, before there is a thread.</summary>
    /// <returns>Null, or what is wrong with them.</returns>
    public string? Reload()
    {
        var loaded = new SettingsLoader(Surroundings.OfProcess(), time).Load(_wanted);
        Settings = (loaded as SettingsLoaded.Ready)?.Settings ?? Settings;
        return (loaded as SettingsLoaded.Refused)?.Message;
    }

    /// <returns>Null, or why it could not be opened; then everything is as it was.</returns>
    public async Task<string?> OpenAsync(ThreadChoice choice, CancellationToken cancellation)
    {
        if (_hosts.Count == 0 && await StartAsync(Settings, cancellation) is { } problem)
            return problem;
        return await OpenAsync(Request, choice, cancellation);
    }

    /// <summary>Goes on with what was said so far, under other settings.</summary>
    /// <param name="change">As if the program had been started with other flags, so that every rule about them holds.</param>
    /// <returns>Null, or why it could not be done; then everything is as it was.</returns>
    public async Task<string?> ChangeAsync(Func<SettingsRequest, SettingsRequest> change, CancellationToken cancellation)
    {
        var request = change(_wanted);
        var loaded = new SettingsLoader(Surroundings.OfProcess(), time).Load(request);
        if (loaded is not SettingsLoaded.Ready { Settings: var changed })
            return ((SettingsLoaded.Refused)loaded).Message;
        if (await StartAsync(changed with { Endpoint = changed.Endpoint ?? Host.Endpoint }, cancellation) is { } problem)
            return problem;
        var before = Settings;
        Settings = changed;
        if (await GoOnAsync(cancellation) is { } refused)
        {
            Settings = before;
            return refused;
        }

        _wanted = request;
        return null;
    }

    /// <summary>Starts another gateway in place of one that was this program's and has ended, and goes on with what was said so far.</summary>
    /// <returns>Null, or why it could not be done.</returns>
    public async Task<string?> ReplaceGatewayAsync(CancellationToken cancellation)
    {
        var before = _hosts.ToList();
        if (await StartAsync(Settings, cancellation) is { } problem)
            return problem;
        if (await GoOnAsync(cancellation) is { } refused)
            return refused;
        foreach (var host in before)
            await host.DisposeAsync();
        _hosts.RemoveRange(0, before.Count);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_thread is not null)
            await _thread.DisposeAsync();
        foreach (var host in Enumerable.Reverse(_hosts))
            await host.DisposeAsync();
    }

    private static ThreadRequest Request => new(RequestIdentity.OriginatorOr("codex_cli"), AgentCommandLine.Version, "cli");

    /// <summary>Opens the thread with the last host; when that fails, the host goes.</summary>
    private async Task<string?> GoOnAsync(CancellationToken cancellation)
    {
        // The session on disk is what the next host goes on with; before the first turn there is none.
        var hasTurns = Thread.Thread.Setup.Conversation.Items.Count > 0;
        var refused = await OpenAsync(Request, hasTurns ? new ThreadChoice.Stored(Thread.Id, OfAllDirectories: true, IsFork: false) : new ThreadChoice.New(), cancellation);
        if (refused is not null)
        {
            await _hosts[^1].DisposeAsync();
            _hosts.RemoveAt(_hosts.Count - 1);
        }

        return refused;
    }

    private async Task<string?> StartAsync(AgentSettings wanted, CancellationToken cancellation)
    {
        var (host, problem) = await AgentHost.StartAsync(wanted, time, cancellation);
        if (host is null)
            return problem;
        _hosts.Add(host);
        return null;
    }

    private async Task<string?> OpenAsync(ThreadRequest request, ThreadChoice choice, CancellationToken cancellation)
    {
        var (thread, problem) = await Host.OpenAsync(request, choice, new ApprovalGate(Settings.Approval, ask), cancellation);
        if (thread is null)
            return problem;
        if (_thread is not null)
            await _thread.DisposeAsync();
        _thread = thread;
        return null;
    }
}
