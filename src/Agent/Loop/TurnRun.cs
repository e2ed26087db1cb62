using System.Collections.Concurrent;
using System.Globalization;
using Codex.Agent.Approvals;
using Codex.Agent.Client;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Repair;
using Codex.Agent.Sessions;
using Codex.Agent.Tools;
using Codex.Agent.Tools.ApplyPatch;

namespace Codex.Agent.Loop;

/// <summary>One turn: ask, run what was called, ask again, until an answer calls nothing.</summary>
internal sealed class TurnRun
{
    /// <summary>How often an answer may be cut at the output limit before the turn gives up.</summary>
    private const int MostCuts = 2;

    private const string CutNotice = "not run: the answer was cut at the output limit, so this call may be incomplete. Send it again, in smaller steps.";

    private readonly ThreadSetup _setup;
    private readonly ConcurrentQueue<UserInput> _steering;
    private readonly Action<AgentEvent> _emit;
    private readonly Sampler _sampler;
    private readonly Compactor _compactor;
    private readonly CallRunner _calls;
    private readonly ToolContext _context;
    private readonly string _turnId;
    private readonly string _directory;
    private readonly ApprovalGate _approvals;
    private int _textCalls;
    private ThreadItem.TodoList? _todo;
    private string? _lastMessage;
    private readonly List<string> _said = [];
    private readonly Func<string> _nextId;

    public TurnRun(ThreadSetup setup, ConcurrentQueue<UserInput> steering, Action<AgentEvent> emit)
    {
        _setup = setup;
        _steering = steering;
        _emit = e =>
        {
            if (e is AgentEvent.ItemStarted { Item: ThreadItem.TodoList started })
                _todo = started;
            else if (e is AgentEvent.ItemUpdated { Item: ThreadItem.TodoList updated })
                _todo = updated;
            emit(e);
        };
        _turnId = Guid.CreateVersion7(setup.Time.GetUtcNow()).ToString();
        _sampler = new Sampler(setup.Client, setup.Identity, _emit, setup.Time);
        var quiet = new Sampler(setup.Client, setup.Identity, e => { }, setup.Time);
        _compactor = new Compactor(setup.Conversation, setup.Model, setup.Requests, quiet, setup.Recorder, setup.CompactPrompt);
        var context = _context = setup.NewToolContext(_emit);
        _nextId = context.NextItemId;
        _directory = context.WorkingDirectory;
        _approvals = context.Approvals;
        _calls = new CallRunner(setup.Tools, context, new LoopGuard(setup.Model.MostCallsPerTurn));
    }

    /// <param name="cancellation">The user's interrupt; a question answered with "abort" ends the turn in the same way.</param>
    public async Task RunAsync(UserInput input, CancellationToken cancellation)
    {
        using var turn = _approvals.BeginTurn(cancellation);
        var interrupt = turn.Token;
        var began = _setup.Time.GetTimestamp();
        _emit(new AgentEvent.TurnStarted());
        _setup.Recorder.TurnStarted(new TurnFacts(
            _turnId,
            _directory,
            _setup.Model.Slug,
            _setup.Model.ReasoningEffort,
            _setup.ApprovalPolicy,
            _setup.Sandbox,
            _setup.Model.Window));
        try
        {
            await CompactIfNeededAsync(interrupt);
            Take(input);
            var failure = await LoopAsync(interrupt);
            _context.End();
            if (_todo is { } todo)
                _emit(new AgentEvent.ItemCompleted(todo));
            _setup.Recorder.TurnEnded(_turnId, _lastMessage, _setup.Time.GetElapsedTime(began));
            if (failure is null && _setup.Finished is { } finished && await finished(new FinishedTurn(_turnId, [.. _said], _lastMessage)) is { } notice)
                _emit(new AgentEvent.ItemCompleted(new ThreadItem.Notice(_nextId(), notice)));
            _emit(failure is null ? new AgentEvent.TurnCompleted(_setup.Conversation.Total) : new AgentEvent.TurnFailed(failure));
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            _context.End();
            Add(HistoryItem.NewMessage("user", "<turn_aborted>\nThe user interrupted the turn on purpose. Tools that were running may have done part of their work.\n</turn_aborted>"));
            _setup.Recorder.TurnAborted(_turnId, "interrupted");
            _emit(new AgentEvent.TurnInterrupted());
        }
    }

    /// <returns>Null when the model finished; otherwise why the turn failed.</returns>
    private async Task<string?> LoopAsync(CancellationToken interrupt)
    {
        var (madeRoom, cuts, nudge) = (false, 0, (string?)null);
        while (true)
        {
            while (_steering.TryDequeue(out var said))
                Take(said);
            switch (await _sampler.AskAsync(_setup.Requests.Write(_setup.Conversation), interrupt))
            {
                case Sample.Failed failed:
                    return failed.Message;
                case Sample.ContextTooLong when madeRoom || !await _compactor.MakeRoomAsync(interrupt):
                    return ResponseFault.OutOfRoom;
                case Sample.ContextTooLong:
                    madeRoom = true;
                    _emit(new AgentEvent.Compacted());
                    _emit(_setup.Measure());
                    continue;
                case Sample.Answer answer:
                    madeRoom = false;
                    var calls = Take(answer, nudge);
                    if (answer.WasCut && ++cuts > MostCuts)
                        return "Incomplete response returned, reason: max_output_tokens";
                    if (calls.Count > 0)
                    {
                        nudge = null;
                        await RunAsync(calls, answer.WasCut, interrupt);
                    }

                    if (_calls.StopReason is { } reason)
                        return $"Stopped: {reason}.";
                    if (calls.Count == 0 && IsOver(answer, ref nudge, out var failure))
                        return failure;
                    await CompactIfNeededAsync(interrupt);
                    continue;
            }
        }
    }

    /// <param name="nudge">What the model was told since its last call, once there was something to tell.</param>
    /// <param name="failure">Why the turn failed when it is over; null when the model has finished.</param>
    private bool IsOver(Sample.Answer answer, ref string? nudge, out string? failure)
    {
        failure = null;
        if (answer.WasCut)
        {
            Add(HistoryItem.NewMessage("user", "Your answer was cut at the output limit. Go on from where it ended, in shorter steps."));
            return false;
        }

        if (!answer.EndTurn || !_steering.IsEmpty)
            return false;
        var needed = NudgeFor(_lastMessage ?? "");
        if (needed is not null && nudge is null)
        {
            // Once only: a model that has nothing to do must be able to say so.
            nudge = needed;
            Add(HistoryItem.NewMessage("user", needed));
            return false;
        }

        if (needed == UnfinishedAnswer.Nudge)
        {
            failure = string.IsNullOrWhiteSpace(_lastMessage)
                ? "Stopped: the model gave an empty answer, also when it was asked again."
                : "Stopped: the model announced a step and called no tool, also when it was asked again.";
        }

        return true;
    }

    private string? NudgeFor(string answer)
    {
        if (UnfinishedAnswer.Is(answer))
            return UnfinishedAnswer.Nudge;
        return CanPatch && AnswerPatch.Find(answer) is not null ? UnfinishedAnswer.PatchNudge : null;
    }

    /// <summary>Puts an answer into the conversation and gives the calls in it.</summary>
    /// <param name="nudge">What the model was told before this answer; null when it was not.</param>
    private List<RequestedCall> Take(Sample.Answer answer, string? nudge)
    {
        var calls = new List<RequestedCall>();
        _lastMessage = null;
        foreach (var item in answer.Items)
        {
            Add(item);
            switch (item)
            {
                case HistoryItem.Message { Role: "assistant", Text.Length: > 0 } message:
                    _lastMessage = message.Text;
                    _setup.Recorder.AgentMessage(message.Text);
                    _emit(new AgentEvent.ItemCompleted(new ThreadItem.AgentMessage(_nextId(), message.Text)));
                    break;
                case HistoryItem.Reasoning { Text.Length: > 0 } reasoning:
                    _emit(new AgentEvent.ItemCompleted(new ThreadItem.Reasoning(_nextId(), reasoning.Text) { Raw = reasoning.Raw }));
                    break;
                case HistoryItem.FunctionCall call:
                    calls.Add(new RequestedCall(call.CallId, call.Name, call.Namespace, call.Arguments, IsFreeForm: false));
                    break;
                case HistoryItem.CustomCall call:
                    calls.Add(new RequestedCall(call.CallId, call.Name, Namespace: null, call.Input, IsFreeForm: true));
                    break;
            }
        }

        Count(answer.Usage);
        if (calls.Count == 0 && !answer.WasCut)
            calls.AddRange(TextCalls(answer, nudge));
        return calls;
    }

    private bool CanPatch => _setup.Tools.Understood.Contains(ApplyPatchTool.Name);

    /// <summary>Calls a model wrote as text, where the gateway did not already make them real ones.</summary>
    private IEnumerable<RequestedCall> TextCalls(Sample.Answer answer, string? nudge)
    {
        foreach (var (name, arguments) in WrittenCalls.Find(_lastMessage, answer.Items, _setup.Tools.Understood))
            yield return TextCall(name, arguments);
        // Applied only when the model was told that nothing was changed, and wrote the patch again.
        if (nudge == UnfinishedAnswer.PatchNudge && CanPatch && AnswerPatch.Find(_lastMessage ?? "") is { } patch)
            yield return TextCall(ApplyPatchTool.Name, FunctionCallItem.Arguments("input", patch));
    }

    private RequestedCall TextCall(string name, string arguments)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"call_text_{_turnId[^8..]}_{_textCalls++}");
        var isText = _setup.Model.CallsAsText;
        if (!isText)
            Add(FunctionCallItem.Create(id, name, arguments));
        return new RequestedCall(id, name, Namespace: null, arguments, IsFreeForm: false, isText);
    }

    private async Task RunAsync(List<RequestedCall> calls, bool wasCut, CancellationToken interrupt)
    {
        var outcomes = wasCut ? CallRunner.Refuse(calls, CutNotice) : await _calls.RunAsync(calls, interrupt);
        foreach (var outcome in outcomes.Where(o => !o.Requested.IsText))
            Add(ToolOutputItem.Create(outcome.Call, outcome.Result));
        if (outcomes.Where(o => o.Requested.IsText).Select(o => o.Result).ToList() is { Count: > 0 } told)
            Add(TextOutput.Create(told));
        _emit(_setup.Measure());
        interrupt.ThrowIfCancellationRequested();
    }

    private async Task CompactIfNeededAsync(CancellationToken interrupt)
    {
        var before = _setup.Conversation.ContextTokens;
        if (await _compactor.KeepRoomAsync(interrupt))
            _emit(new AgentEvent.Compacted());
        // Old outputs may have gone without a word.
        if (_setup.Conversation.ContextTokens != before)
            _emit(_setup.Measure());
    }

    private void Take(UserInput input)
    {
        _setup.Recorder.UserMessage(input.Text);
        _said.Add(input.Text);
        foreach (var item in input.ToItems())
            Add(item);
    }

    private void Add(HistoryItem item)
    {
        _setup.Conversation.Add(item);
        _setup.Recorder.Item(item);
    }

    private void Count(TokenUsage? usage)
    {
        var conversation = _setup.Conversation;
        // Of a server that does not count, the conversation estimates what the next request holds.
        if (usage is not null)
            conversation.Count(usage);
        _setup.Recorder.Tokens(conversation.Total, usage ?? TokenUsage.None, _setup.Model.Window);
        _emit(_setup.Measure());
    }
}
