using System.Collections.Immutable;

namespace Codex.Agent.Tools;

/// <summary>The tools of one thread, in the order in which the model is told of them.</summary>
public sealed class ToolBox(IEnumerable<ITool> tools)
{
    private readonly ImmutableArray<ITool> _tools = [.. tools];

    public ImmutableArray<ToolSpec> Specs => [.. _tools.Select(t => t.Spec)];

    public ImmutableArray<string> Names => [.. _tools.Select(t => t.Spec.Name)];

    public ITool? Find(string name) => _tools.FirstOrDefault(t => t.Spec.Name == name);
}
