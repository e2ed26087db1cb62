namespace Codex.Agent.CustomPrompts;

/// <summary>A prompt the user keeps in a file and calls as <c>/prompts:name</c>.</summary>
/// <param name="Description">For menus; null when the file has none.</param>
/// <param name="ArgumentHint">What to write after the name.</param>
/// <param name="Body">With its placeholders.</param>
/// <param name="File">Absolute.</param>
public sealed record CustomPrompt(string Name, string? Description, string? ArgumentHint, string Body, string File);
