using Codex.Agent.Configuration;
using Codex.Agent.Projects;
using Codex.Agent.Sessions;

namespace Codex.Agent.Threads;

/// <summary>A thread's place on disk.</summary>
/// <param name="Resumed">What was said before; null in a new thread.</param>
internal sealed record OpenedSession(string ThreadId, StoredThread? Resumed, ISessionRecorder Recorder);

/// <summary>Finds or begins the session of a thread.</summary>
/// <param name="provider">Id of the model provider.</param>
/// <param name="warn">Takes one line for the user when the session cannot be kept.</param>
internal sealed class SessionOpening(AgentSettings settings, string provider, ThreadRequest request, TimeProvider time, Action<string> warn)
{
    /// <param name="newId">For a thread that does not go on under its old id.</param>
    /// <returns>The session, or why it cannot be opened.</returns>
    public (OpenedSession? Session, string? Problem) Open(ThreadChoice choice, string newId)
    {
        if (choice is not ThreadChoice.Stored stored)
            return (new OpenedSession(newId, Resumed: null, Recorder(() => RolloutRecorder.Begin(settings.CodexHome, Head(newId), time, warn))), null);

        var finder = new SessionFinder(settings.CodexHome);
        var search = stored.Id is { } id ? finder.Find(id) : finder.Last(stored.OfAllDirectories ? null : settings.WorkingDirectory);
        if (search is not SessionSearch.Found found)
            return (null, ((SessionSearch.NotFound)search).Message);
        var read = finder.Read(found.Entry);
        if (read is not SessionRead.Whole { Session: var session })
            return (null, ((SessionRead.Unreadable)read).Message);
        var thread = session.ToThread();
        if (!stored.IsFork)
            return (new OpenedSession(thread.ThreadId, thread, Recorder(() => RolloutRecorder.Continue(session, time, warn))), null);
        var head = Head(newId) with { ForkedFrom = thread.ThreadId };
        return (new OpenedSession(newId, thread with { ThreadId = newId }, Recorder(() => RolloutRecorder.Fork(session, settings.CodexHome, head, time, warn))), null);
    }

    private ISessionRecorder Recorder(Func<RolloutRecorder> make) => request.IsEphemeral ? new NoRecorder() : make();

    private RolloutHead Head(string id) => new(id, time.GetUtcNow(), settings.WorkingDirectory, request.Originator, request.Version, request.Source, provider)
    {
        Git = GitFacts.Read(settings.WorkingDirectory),
    };
}
