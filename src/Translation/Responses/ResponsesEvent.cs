namespace Codex.Translation.Responses;

/// <summary>One server-sent event of the Responses API, in the order and with the numbers the client sees.</summary>
public abstract record ResponsesEvent(int SequenceNumber)
{
    public sealed record Created(int SequenceNumber, ResponseObject Response) : ResponsesEvent(SequenceNumber);

    public sealed record InProgress(int SequenceNumber, ResponseObject Response) : ResponsesEvent(SequenceNumber);

    public sealed record Completed(int SequenceNumber, ResponseObject Response) : ResponsesEvent(SequenceNumber);

    public sealed record Incomplete(int SequenceNumber, ResponseObject Response) : ResponsesEvent(SequenceNumber);

    public sealed record Failed(int SequenceNumber, ResponseObject Response) : ResponsesEvent(SequenceNumber);

    public sealed record OutputItemAdded(int SequenceNumber, int OutputIndex, OutputItem Item) : ResponsesEvent(SequenceNumber);

    public sealed record OutputItemDone(int SequenceNumber, int OutputIndex, OutputItem Item) : ResponsesEvent(SequenceNumber);

    public sealed record ContentPartAdded(int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, OutputPart Part)
        : ResponsesEvent(SequenceNumber);

    public sealed record ContentPartDone(int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, OutputPart Part)
        : ResponsesEvent(SequenceNumber);

    public sealed record OutputTextDelta(int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Delta)
        : ResponsesEvent(SequenceNumber);

    public sealed record OutputTextDone(int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Text)
        : ResponsesEvent(SequenceNumber);

    public sealed record RefusalDelta(int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Delta)
        : ResponsesEvent(SequenceNumber);

    public sealed record RefusalDone(int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Refusal)
        : ResponsesEvent(SequenceNumber);

    public sealed record ReasoningSummaryPartAdded(int SequenceNumber, string ItemId, int OutputIndex, int SummaryIndex)
        : ResponsesEvent(SequenceNumber);

    public sealed record ReasoningSummaryPartDone(int SequenceNumber, string ItemId, int OutputIndex, int SummaryIndex, string Text)
        : ResponsesEvent(SequenceNumber);

    public sealed record ReasoningSummaryTextDelta(int SequenceNumber, string ItemId, int OutputIndex, int SummaryIndex, string Delta)
        : ResponsesEvent(SequenceNumber);

    public sealed record ReasoningSummaryTextDone(int SequenceNumber, string ItemId, int OutputIndex, int SummaryIndex, string Text)
        : ResponsesEvent(SequenceNumber);

    /// <summary>Raw reasoning, only where the client asked for it: these events break the schemas of some clients.</summary>
    public sealed record ReasoningTextDelta(int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Delta)
        : ResponsesEvent(SequenceNumber);

    public sealed record ReasoningTextDone(int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Text)
        : ResponsesEvent(SequenceNumber);

    public sealed record FunctionCallArgumentsDelta(int SequenceNumber, string ItemId, int OutputIndex, string Delta)
        : ResponsesEvent(SequenceNumber);

    public sealed record FunctionCallArgumentsDone(int SequenceNumber, string ItemId, int OutputIndex, string Name, string Arguments)
        : ResponsesEvent(SequenceNumber);

    public sealed record CustomToolCallInputDelta(int SequenceNumber, string ItemId, int OutputIndex, string Delta)
        : ResponsesEvent(SequenceNumber);

    public sealed record CustomToolCallInputDone(int SequenceNumber, string ItemId, int OutputIndex, string Input)
        : ResponsesEvent(SequenceNumber);
}
