using System.Collections.Immutable;
using Codex.Translation.Chat;
using Codex.Translation.Dialects;
using Codex.Translation.Responses;
using Codex.Translation.Text;
using Codex.Translation.Translate.Items;

namespace Codex.Translation.Translate;

/// <summary>
/// The state machine from chat chunks to Responses events. Each call gives the events it caused, valid until the next
/// call. Holds on every input: sequence numbers 0,1,2,…; one output index for all items; every <c>added</c> has one
/// <c>done</c> (but see <see cref="ResponseShape"/>); deltas joined are the text in <c>done</c>; exactly one terminal
/// event, the last.
/// </summary>
public sealed class ChatToResponsesStream
{
    private readonly ResponseTemplate _template;
    private readonly ChatCall _call;
    private readonly ResponseShape _shape;
    private readonly Redaction _redaction;
    private readonly EventLog _log;
    private readonly ToolCallAssembler _calls;
    private readonly ContentSplitter _content;
    private readonly NoticeFilter? _notice;
    private readonly AnswerText _text;
    private string? _finishReason;
    private ChatUsage? _usage;
    private long _outputCharacters;

    public ChatToResponsesStream(ResponseTemplate template, ChatCall call, ResponseShape shape, Redaction? redaction = null)
    {
        _template = template;
        _call = call;
        _shape = shape;
        _redaction = redaction ?? Redaction.None;
        _log = new EventLog(template.Id);
        _calls = new ToolCallAssembler(_log, call.Tools);
        _content = new ContentSplitter(call.Dialect, call.Tools);
        _notice = call.Dialect.LoadingNotice is { } notice ? new NoticeFilter(notice) : null;
        _text = new AnswerText(_log, call.Kind, shape, template.Request.Include.Contains("reasoning.encrypted_content"));
        Response = new ResponseObject(template, ResponseStatus.InProgress, []);
    }

    public bool IsFinished { get; private set; }

    /// <summary>Whether the client has seen anything of an answer.</summary>
    public bool HasOutput => _log.HasItems;

    /// <summary>Whether the backend has sent anything of an answer.</summary>
    public bool HasAnswer => _outputCharacters > 0 || _calls.Count > 0;

    public bool HasFinishReason => _finishReason is not null;

    public ResponseObject Response { get; private set; }

    public int ToolCallCount => _calls.Count;

    /// <summary>What the model wrote wrongly and was mended, a sentence each.</summary>
    public IReadOnlyList<string> Repairs => _log.Repairs;

    /// <summary>The sequence number of the next event.</summary>
    public int NextSequence => _log.Sequence;

    /// <summary>
    /// Takes the place of a machine whose backend failed before it said anything: the client has <c>created</c> and
    /// <c>in_progress</c> already, so <see cref="Start"/> is not called.
    /// </summary>
    /// <param name="sequence">The <see cref="NextSequence"/> of the machine before.</param>
    public void ContinueAt(int sequence) => _log.ContinueAt(sequence);

    public ReadOnlySpan<ResponsesEvent> Start()
    {
        _log.Clear();
        _log.Add(new ResponsesEvent.Created(_log.NextSequence(), Response));
        _log.Add(new ResponsesEvent.InProgress(_log.NextSequence(), Response));
        return _log.Events;
    }

    public ReadOnlySpan<ResponsesEvent> KeepAlive()
    {
        _log.Clear();
        if (!IsFinished)
            _log.Add(new ResponsesEvent.InProgress(_log.NextSequence(), Response));
        return _log.Events;
    }

    public ReadOnlySpan<ResponsesEvent> Push(in ChatChunk chunk)
    {
        _log.Clear();
        if (IsFinished)
            return default;
        Take(chunk);
        return _log.Events;
    }

    /// <summary>The answer ended as the backend meant it to, or so it seems.</summary>
    /// <param name="now">Unix seconds.</param>
    public ReadOnlySpan<ResponsesEvent> Complete(long now)
    {
        _log.Clear();
        if (IsFinished)
            return default;
        var end = FinishReason.Read(_finishReason ?? "stop");
        if (end == AnswerEnd.Failed)
            Fault(new ResponseError("server_error", $"The backend ended the answer early (finish reason '{_finishReason}'). Send the request again."));
        else if (_calls.HasNamelessCall)
            Fault(new ResponseError("server_error", "The backend sent a tool call without a name, so it cannot be run. Send the request again."));
        else if (end == AnswerEnd.Done && _calls.HasHalfCall)
            Fault(new ResponseError("server_error", "The backend ended a tool call in the middle of its input, so it cannot be run. Send the request again."));
        else
            Finish(end, now);
        return _log.Events;
    }

    public ReadOnlySpan<ResponsesEvent> Fail(ResponseError error)
    {
        _log.Clear();
        if (!IsFinished)
            Fault(error);
        return _log.Events;
    }

    private void Take(in ChatChunk chunk)
    {
        if (chunk.Usage is { } usage)
            _usage = usage;
        if (chunk.Reasoning is { } reasoning)
            TakeReasoning(reasoning);
        if (chunk.ReasoningDetails is { } details)
            _text.AppendReasoningDetails(details);
        if (chunk.Content is { } content)
            AppendContent(content);
        if (chunk.Refusal is { } refusal)
            AppendRefusal(refusal);
        if (!chunk.ToolCalls.IsDefaultOrEmpty)
            AppendToolCalls(chunk.ToolCalls);
        if (chunk.FinishReason is { } reason)
            _finishReason = reason;
        if (chunk.Fault is { } fault)
            Fault(new ResponseError(FaultReading.CodeInStream(fault, _call.Dialect), fault.Message));
    }

    private void TakeReasoning(string text)
    {
        if (_notice is not null)
            text = _notice.Pass(text);
        if (_notice is null || text.Length > 0)
            AppendReasoning(text);
    }

    private void AppendContent(string content)
    {
        if (_content.IsPassing)
        {
            AppendText(content);
            return;
        }

        foreach (var piece in _content.Push(content))
            TakePiece(piece);
    }

    private void TakePiece(ContentPiece piece)
    {
        switch (piece)
        {
            case ContentPiece.Text text:
                AppendText(text.Value);
                break;
            case ContentPiece.Reasoning reasoning:
                AppendReasoning(reasoning.Value);
                break;
            case ContentPiece.Call call:
                _text.Close(cut: false);
                _outputCharacters += call.Arguments.Length;
                _calls.AddWhole(call.Name, call.Arguments);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(piece), piece, message: null);
        }
    }

    private void AppendText(string text)
    {
        _outputCharacters += text.Length;
        _text.Append(text);
    }

    private void AppendRefusal(string refusal)
    {
        _outputCharacters += refusal.Length;
        _text.AppendRefusal(refusal);
    }

    private void AppendReasoning(string text)
    {
        _outputCharacters += text.Length;
        _text.AppendReasoning(text);
    }

    private void AppendToolCalls(ImmutableArray<ToolCallDelta> deltas)
    {
        if (_call.Kind == AnswerKind.Compaction)
            return;
        foreach (var piece in _content.Flush(cut: false))
            TakePiece(piece);
        _text.Close(cut: false);
        foreach (var delta in deltas)
        {
            _outputCharacters += delta.Arguments?.Length ?? 0;
            _calls.Add(delta, deltas.Length);
        }
    }

    private void Finish(AnswerEnd end, long now)
    {
        var cut = end != AnswerEnd.Done;
        CloseItems(cut);
        if (_call.Kind == AnswerKind.Compaction && !cut)
        {
            if (_text.Summary is not { Length: > 0 } summary)
            {
                Fault(new ResponseError("server_error", "The model gave no summary to compact the conversation into. Send the request again."));
                return;
            }

            AddCompaction(summary);
        }

        Terminate(
            cut ? ResponseStatus.Incomplete : ResponseStatus.Completed,
            error: null,
            end switch
            {
                AnswerEnd.Length => "max_output_tokens",
                AnswerEnd.Filtered => "content_filter",
                _ => null,
            },
            cut ? null : now);
    }

    private void Fault(ResponseError error)
    {
        if (_shape.WithholdsCutItems)
        {
            _text.Abandon();
            _calls.CloseAll(cut: true, withholdCut: true);
        }
        else
        {
            CloseItems(cut: true);
        }

        Terminate(ResponseStatus.Failed, error with { Message = _redaction.Apply(error.Message) }, incompleteReason: null, completedAt: null);
    }

    private void CloseItems(bool cut)
    {
        foreach (var piece in _content.Flush(cut))
            TakePiece(piece);
        _text.Close(cut);
        _calls.CloseAll(cut, withholdCut: _shape.WithholdsCutItems);
    }

    private void AddCompaction(string summary)
    {
        var index = _log.NextOutputIndex();
        var item = new OutputItem.Compaction(_log.ItemId("cmp", index), ReasoningEnvelope.Seal(summary, details: null));
        _log.Add(new ResponsesEvent.OutputItemAdded(_log.NextSequence(), index, item));
        _log.Finish(index, item);
    }

    private void Terminate(ResponseStatus status, ResponseError? error, string? incompleteReason, long? completedAt)
    {
        IsFinished = true;
        Response = new ResponseObject(_template, status, _log.Finished, Usage(), error, incompleteReason, completedAt);
        var sequence = _log.NextSequence();
        _log.Add(status switch
        {
            ResponseStatus.Completed => new ResponsesEvent.Completed(sequence, Response),
            ResponseStatus.Incomplete => new ResponsesEvent.Incomplete(sequence, Response),
            ResponseStatus.Failed => new ResponsesEvent.Failed(sequence, Response),
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
        });
    }

    /// <summary>Codex compacts by usage, so an answer without any gets an estimate (symptom 46).</summary>
    private ResponseUsage Usage() => _usage is { } sent
        ? new ResponseUsage(sent.PromptTokens, Math.Min(sent.CachedTokens, sent.PromptTokens), sent.CompletionTokens, sent.ReasoningTokens)
        : new ResponseUsage(_call.EstimatedPromptTokens, 0, (_outputCharacters + 3) / 4, 0, Estimated: true);
}
