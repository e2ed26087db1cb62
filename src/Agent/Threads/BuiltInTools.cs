using System.Collections.Immutable;
using Codex.Agent.Models;
using Codex.Agent.Tools;

namespace Codex.Agent.Threads;

/// <summary>The program's own tools, as they suit a model: the more a small one is offered, the worse it chooses.</summary>
internal static class BuiltInTools
{
    public static ImmutableArray<ITool> For(ModelProfile model) => [];
}
