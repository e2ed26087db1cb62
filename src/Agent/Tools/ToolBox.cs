using System.Collections.Immutable;

namespace Codex.Agent.Tools;

/// <summary>The tools of one thread, in the order in which the model is told of them.</summary>
/// <param name="understood">Tools the model is not told of, but which run when it calls them all the same: one that was trained on patches sends them.</param>
public sealed class ToolBox(IEnumerable<ITool> tools, params IEnumerable<ITool> understood)
{
    private readonly ImmutableArray<ITool> _tools = [.. tools];
    private readonly ImmutableArray<ITool> _understood = [.. understood];

    public ImmutableArray<ToolSpec> Specs => [.. _tools.Select(t => t.Spec)];

    public ImmutableArray<string> Names => [.. _tools.Select(t => t.Spec.Name)];

    /// <summary>Every name that <see cref="Find"/> knows, those the model was told of first.</summary>
    public ImmutableArray<string> Understood => [.. _tools.Concat(_understood).Select(t => t.Spec.Name)];

    public ITool? Find(string name) => _tools.Concat(_understood).FirstOrDefault(t => t.Spec.Name == name);
}
