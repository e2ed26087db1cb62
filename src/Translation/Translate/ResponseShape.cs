namespace Codex.Translation.Translate;

/// <summary>How this client wants the answer, where clients disagree.</summary>
/// <param name="RefusalAsText">Codex drops a message with a <c>refusal</c> part, so it gets the words as text.</param>
/// <param name="RawReasoning">Send reasoning as <c>reasoning_text</c> instead of summary parts; breaks the schemas of some clients.</param>
public readonly record struct ResponseShape(bool RefusalAsText = false, bool RawReasoning = false);
