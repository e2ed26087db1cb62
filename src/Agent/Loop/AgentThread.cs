using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Codex.Agent.Client;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Models;
using Codex.Agent.Sandbox;
using Codex.Agent.Sessions;
using Codex.Agent.Tools;

namespace Codex.Agent.Loop;

/// <summary>Everything one thread works with; made once, by whoever starts or resumes it.</summary>
public sealed record ThreadSetup(
    string ThreadId,
    ModelProfile Model,
    ResponsesClient Client,
    RequestIdentity Identity,
    AgentConversation Conversation,
    RequestBody Requests,
    ToolBox Tools,
    Func<Action<AgentEvent>, ToolContext> NewToolContext,
    ISessionRecorder Recorder,
    TimeProvider Time)
{
    /// <summary>Takes the place of our own words for a summary.</summary>
    public string? CompactPrompt { get; init; }

    /// <summary>Told of every turn that the model ended; answers what the user is to hear of it, or null.</summary>
    public Func<FinishedTurn, Task<string?>>? Finished { get; init; }

    /// <summary>How full the window is; never while a turn runs, except in it.</summary>
    public AgentEvent.ContextMeasured Measure() => new(Conversation.ContextTokens, Model.Window, Conversation.PrefixTokens);

    public required string ApprovalPolicy { get; init; }

    public required SandboxPolicy Sandbox { get; init; }
}

/// <summary>A conversation with the agent. One turn at a time; what is said meanwhile joins it or waits.</summary>
public sealed class AgentThread(ThreadSetup setup)
{
    private readonly ConcurrentQueue<UserInput> _steering = new();

    public ThreadSetup Setup { get; } = setup;

    /// <summary>Says something to the turn that runs; the model hears it with its next request.</summary>
    public void Steer(UserInput input) => _steering.Enqueue(input);

    /// <summary>What was said too late for the turn that has ended, oldest first; the next turn hears it only when it is told again.</summary>
    public IReadOnlyList<UserInput> TakeUnheard()
    {
        var unheard = new List<UserInput>();
        while (_steering.TryDequeue(out var said))
            unheard.Add(said);
        return unheard;
    }

    /// <summary>
    /// Runs one turn. The events end with <see cref="AgentEvent.TurnCompleted"/>, <see cref="AgentEvent.TurnFailed"/> or
    /// <see cref="AgentEvent.TurnInterrupted"/>.
    /// </summary>
    /// <param name="interrupt">The user's, not an error: the turn ends in order.</param>
    public async IAsyncEnumerable<AgentEvent> RunTurnAsync(UserInput input, [EnumeratorCancellation] CancellationToken interrupt)
    {
        // Several tools tell at once; whoever renders reads at its own pace.
        var events = Channel.CreateUnbounded<AgentEvent>(new UnboundedChannelOptions { SingleReader = true });
        var turn = RunAsync(new TurnRun(Setup, _steering, e => events.Writer.TryWrite(e)), input, events.Writer, interrupt);
        await foreach (var told in events.Reader.ReadAllAsync(CancellationToken.None))
            yield return told;
        await turn;
    }

    /// <summary>Tells the model something with the next turn; never while a turn runs.</summary>
    public void Note(UserInput input)
    {
        foreach (var item in input.ToItems())
        {
            Setup.Conversation.Add(item);
            Setup.Recorder.Item(item);
        }
    }

    /// <summary>Has the model sum up what was said so far, at the user's word; never while a turn runs.</summary>
    /// <exception cref="OperationCanceledException">Interrupted; the conversation is as it was.</exception>
    public async IAsyncEnumerable<AgentEvent> CompactAsync([EnumeratorCancellation] CancellationToken interrupt)
    {
        var quiet = new Sampler(Setup.Client, Setup.Identity, e => { }, Setup.Time);
        var compactor = new Compactor(Setup.Conversation, Setup.Model, Setup.Requests, quiet, Setup.Recorder, Setup.CompactPrompt);
        yield return await compactor.CompactAsync(interrupt)
            ? new AgentEvent.Compacted()
            : new AgentEvent.Trouble("There is nothing that could be summarised or left out.");
        yield return Setup.Measure();
    }

    private static async Task RunAsync(TurnRun run, UserInput input, ChannelWriter<AgentEvent> events, CancellationToken interrupt)
    {
        try
        {
            await run.RunAsync(input, interrupt);
            events.Complete();
        }
        catch (Exception error)
        {
            events.Complete(error);
        }
    }
}
