using System.Collections.Immutable;

namespace Codex.Translation.Translate;

/// <summary>Remembers what each function name sent upstream stands for, so that a call comes back as the client declared it.</summary>
public sealed class ToolMap
{
    public static readonly ToolMap Empty = new([]);

    private readonly ImmutableDictionary<string, ToolBinding> _byWireName;

    public ToolMap(ImmutableArray<ToolBinding> bindings)
    {
        Bindings = bindings;
        var byName = ImmutableDictionary.CreateBuilder<string, ToolBinding>(StringComparer.Ordinal);
        foreach (var binding in bindings)
            byName.TryAdd(binding.WireName, binding);
        _byWireName = byName.ToImmutable();
    }

    public ImmutableArray<ToolBinding> Bindings { get; }

    /// <summary>The binding of a name the model used, or null when no tool of that name was offered.</summary>
    public ToolBinding? Find(string wireName) => _byWireName.GetValueOrDefault(wireName);
}

/// <param name="WireName">The function name the backend sees: at most 64 characters of <c>[a-zA-Z0-9_-]</c>.</param>
/// <param name="Name">The tool's real name.</param>
/// <param name="Namespace">Set only for a tool that came from a namespace (symptom 14).</param>
public sealed record ToolBinding(string WireName, ToolKind Kind, string Name, string? Namespace);

public enum ToolKind
{
    Function,
    Custom,
    ToolSearch,
    LocalShell,
}
