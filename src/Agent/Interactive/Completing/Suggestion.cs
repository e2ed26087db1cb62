using System.Collections.Immutable;

namespace Codex.Agent.Interactive.Completing;

/// <summary>Something that could stand where a word is being typed.</summary>
/// <param name="Text">What Tab puts there.</param>
/// <param name="Shown">What the list shows.</param>
public sealed record Suggestion(string Text, string Shown);

/// <summary>What fits the word at the cursor.</summary>
/// <param name="Start">Index of the word's first character.</param>
/// <param name="End">Index behind its last.</param>
/// <param name="All">The best first; never empty.</param>
public sealed record Completion(int Start, int End, ImmutableArray<Suggestion> All);

/// <summary>What words can be completed to.</summary>
/// <param name="Commands">After a slash at the beginning.</param>
/// <param name="Skills">After a dollar sign.</param>
/// <param name="Files">After an at sign; relative to the working directory. Null while they are being listed.</param>
public sealed record CompletionWords(ImmutableArray<Suggestion> Commands, ImmutableArray<string> Skills, IReadOnlyList<string>? Files);
