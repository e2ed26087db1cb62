namespace Codex.Translation.Translate;

/// <summary>How this client wants the answer, where clients disagree.</summary>
/// <param name="RefusalAsText">Codex drops a message with a <c>refusal</c> part, so it gets the words as text.</param>
/// <param name="RawReasoning">Send reasoning as <c>reasoning_text</c> instead of summary parts; breaks the schemas of some clients.</param>
/// <param name="WithholdsCutItems">
/// Codex runs every call it gets a <c>done</c> for, whatever its status says (measured on 0.128 to 0.169), and keeps
/// every message in the history of its retry. So it gets no <c>done</c> for a call that was cut, and none for anything
/// still open when the answer fails. Other clients get one with status <c>incomplete</c>.
/// </param>
public readonly record struct ResponseShape(bool RefusalAsText = false, bool RawReasoning = false, bool WithholdsCutItems = false)
{
    public static readonly ResponseShape Codex = new(RefusalAsText: true, WithholdsCutItems: true);
}
