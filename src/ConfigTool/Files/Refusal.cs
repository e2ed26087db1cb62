namespace Codex.ConfigTool.Files;

/// <summary>Why nothing was written, for the person who asked.</summary>
/// <param name="ExitCode">One of <see cref="CommandLine.ExitCodes"/>.</param>
/// <param name="Message">What is in the way, with its place.</param>
/// <param name="Hint">What to do, or null.</param>
public sealed record Refusal(int ExitCode, string Message, string? Hint = null);
