using System.Collections.Immutable;

namespace Codex.Agent.Approvals.Shell;

/// <summary>A command of plain words, quotes taken off, as a shell would start it.</summary>
/// <param name="HasPattern">A word holds <c>* ? [</c> outside quotes, which a shell may replace by file names.</param>
public sealed record PlainCommand(ImmutableArray<string> Words, bool HasPattern);
