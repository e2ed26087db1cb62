using Codex.Agent.Sandbox;

namespace Codex.Agent.Processes;

/// <summary>The commands of one thread that go on between its calls; all are killed when it is disposed.</summary>
/// <param name="random">Chooses ids.</param>
public sealed class ProcessSessions(TimeProvider time, Random random, SandboxChoice choice = SandboxChoice.Best) : IDisposable
{
    /// <summary>One more removes another: an ended one, else the one not used for longest.</summary>
    public const int Limit = 64;

    /// <summary>What a terminal turns into a signal. Without one it is the only thing that can be typed.</summary>
    private const string ControlC = "\u0003";

    private readonly Lock _gate = new();
    private readonly Dictionary<int, CommandSession> _sessions = [];
    private bool _isDisposed;

    /// <summary>Ids of the commands that still run.</summary>
    public IReadOnlyList<int> Running
    {
        get
        {
            lock (_gate)
                return [.. _sessions.Values.Where(s => !s.HasEnded).Select(s => s.Id).Order()];
        }
    }

    /// <summary>Starts a command and looks at it after <paramref name="wait"/>, or when it ends.</summary>
    /// <param name="terminal">Give it a terminal, into which can be typed.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the command was killed.</exception>
    public async Task<SessionOutcome> StartAsync(CommandRequest request, bool terminal, TimeSpan wait, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var session = Add(terminal);
        var (child, fault) = await CommandStart.StartAsync(
            request, terminal ? SpawnStreams.Terminal : SpawnStreams.Captured, choice, session.Hear, session.Clear);
        if (child is null)
        {
            Remove(session.Id);
            return fault switch
            {
                CommandOutcome.Refused refused => new SessionOutcome.Refused(refused.Reason),
                CommandOutcome.NotStarted notStarted => new SessionOutcome.NotStarted(notStarted.Reason),
                _ => throw new InvalidOperationException("A command that did not start has a reason."),
            };
        }

        lock (_gate)
        {
            session.Child = child;
            if (_isDisposed)
                child.Kill();
        }

        try
        {
            return await LookAsync(session, wait, cancellation);
        }
        catch (OperationCanceledException)
        {
            child.Kill();
            Remove(session.Id);
            throw;
        }
    }

    /// <summary>Types, if there is something to type, and looks at it after <paramref name="wait"/>, or when it ends.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the command goes on.</exception>
    public async Task<SessionOutcome> WriteAsync(int id, string characters, TimeSpan wait, CancellationToken cancellation)
    {
        if (Find(id) is not { } session)
            return new SessionOutcome.UnknownSession(id);
        if (characters.Length > 0)
        {
            if (session.HasTerminal)
                await session.TypeAsync(characters, time, cancellation);
            else if (characters == ControlC)
                session.Child!.Kill(LibC.SigInt);
            else
                return new SessionOutcome.InputClosed(id);
        }

        return await LookAsync(session, wait, cancellation);
    }

    /// <summary>Kills it and tells what it last said.</summary>
    public async Task<SessionOutcome> KillAsync(int id, CancellationToken cancellation)
    {
        if (Find(id) is not { } session)
            return new SessionOutcome.UnknownSession(id);
        session.Child!.Kill();
        return await LookAsync(session, TimeSpan.FromSeconds(10), cancellation);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var session in _sessions.Values)
                session.Child?.Kill();
            _sessions.Clear();
        }

        Leftovers.AwaitEnd();
    }

    private async Task<SessionOutcome> LookAsync(CommandSession session, TimeSpan wait, CancellationToken cancellation)
    {
        var outcome = await session.LookAsync(wait, time, cancellation);
        if (outcome is SessionOutcome.Exited)
            Remove(session.Id);
        return outcome;
    }

    private CommandSession Add(bool terminal)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_sessions.Count >= Limit)
                MakeRoom();
            int id;
            do
                id = random.Next(1000, 100_000);
            while (_sessions.ContainsKey(id));
            var session = new CommandSession(id, terminal) { LastUsed = time.GetTimestamp() };
            _sessions.Add(id, session);
            return session;
        }
    }

    private void MakeRoom()
    {
        var oldest = _sessions.Values.OrderByDescending(s => s.HasEnded).ThenBy(s => s.LastUsed).First();
        oldest.Child?.Kill();
        _sessions.Remove(oldest.Id);
    }

    private CommandSession? Find(int id)
    {
        lock (_gate)
            return _sessions.TryGetValue(id, out var session) && session.Child is not null ? session : null;
    }

    private void Remove(int id)
    {
        lock (_gate)
            _sessions.Remove(id);
    }
}
