namespace Codex.Agent.Tools;

/// <summary>A call as the model made it, after its name was recognised.</summary>
/// <param name="CallId">The model's own; repeated in the output item.</param>
/// <param name="IsFreeForm">It came as free text, so its output goes back as such.</param>
public sealed record ToolCall(string CallId, string Name, bool IsFreeForm = false);
