using System.Text;

namespace Codex.Translation.Translate.Items;

/// <summary>
/// The words of an answer: reasoning and messages in the order they came, of which at most one is open. Opened only
/// at the first word, since some answers have reasoning first and some have calls alone (symptom 2).
/// </summary>
/// <param name="sealsReasoning">The client asked for <c>reasoning.encrypted_content</c>.</param>
internal sealed class AnswerText(EventLog log, AnswerKind kind, ResponseShape shape, bool sealsReasoning)
{
    private readonly StringBuilder _summary = new();
    private MessageBuilder? _message;
    private ReasoningBuilder? _reasoning;
    private string? _leadingSpace;

    /// <summary>The text of an answer that is to become a compaction; empty for every other.</summary>
    public string Summary => _summary.ToString();

    public void Append(string text)
    {
        if (_message is null)
        {
            // Many templates put line ends between reasoning and tool calls; alone they are no message.
            text = _leadingSpace + text;
            _leadingSpace = null;
            if (string.IsNullOrWhiteSpace(text))
            {
                _leadingSpace = text;
                return;
            }
        }

        if (kind == AnswerKind.Compaction)
            _summary.Append(text);
        else
            OpenMessage().AppendText(text);
    }

    public void AppendRefusal(string refusal)
    {
        if (shape.RefusalAsText || kind == AnswerKind.Compaction)
            Append(refusal);
        else
            OpenMessage().AppendRefusal(refusal);
    }

    public void AppendReasoning(string text)
    {
        if (kind == AnswerKind.Response)
            OpenReasoning().Append(text);
    }

    /// <summary>Kept for the replay only, so they are nothing to a client that will not replay them.</summary>
    /// <param name="entries">Raw JSON entries without brackets.</param>
    public void AppendReasoningDetails(string entries)
    {
        if (sealsReasoning && kind == AnswerKind.Response)
            OpenReasoning().AppendDetails(entries);
    }

    public void Close(bool cut)
    {
        _reasoning?.Close(cut);
        _message?.Close(cut);
        Abandon();
    }

    /// <summary>Leaves what is open without its <c>done</c>.</summary>
    public void Abandon()
    {
        _leadingSpace = null;
        _reasoning = null;
        _message = null;
    }

    private MessageBuilder OpenMessage()
    {
        if (_message is not null)
            return _message;
        Close(cut: false);
        return _message = new MessageBuilder(log);
    }

    private ReasoningBuilder OpenReasoning()
    {
        if (_reasoning is not null)
            return _reasoning;
        Close(cut: false);
        return _reasoning = new ReasoningBuilder(log, shape.RawReasoning, sealsReasoning);
    }
}
