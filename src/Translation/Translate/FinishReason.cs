namespace Codex.Translation.Translate;

/// <summary>How an answer ended, from the many words for it.</summary>
internal enum AnswerEnd
{
    /// <summary>The model said all it had to say, or calls tools.</summary>
    Done,

    /// <summary>The output limit cut it (symptom 10).</summary>
    Length,

    /// <summary>A filter withheld the rest.</summary>
    Filtered,

    /// <summary>The backend gave up in the middle.</summary>
    Failed,
}

internal static class FinishReason
{
    public static AnswerEnd Read(string reason) => reason switch
    {
        "length" or "max_tokens" or "model_length" or "max_output_tokens" => AnswerEnd.Length,
        "content_filter" or "sensitive" or "safety" or "SAFETY" => AnswerEnd.Filtered,
        "error" or "network_error" or "insufficient_system_resource" or "abort" or "cancelled" => AnswerEnd.Failed,
        // "stop", "tool_calls", "function_call", "eos", "end_turn" and whatever else a backend calls its ordinary end.
        _ => AnswerEnd.Done,
    };
}
