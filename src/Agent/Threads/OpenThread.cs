using System.Collections.Immutable;
using Codex.Agent.Loop;

namespace Codex.Agent.Threads;

/// <summary>A thread that can be talked to, with what has to be ended after it.</summary>
/// <param name="Warnings">For the user, before the first turn.</param>
internal sealed record OpenThread(string Id, AgentThread Thread, ImmutableArray<string> Warnings, Func<UserInput, UserInput> Complete, Func<ValueTask> Close)
    : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Close();
}
