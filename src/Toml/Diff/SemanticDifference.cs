using Codex.Toml.Values;

namespace Codex.Toml.Diff;

/// <summary>One way in which two texts mean something different.</summary>
public abstract record SemanticDifference
{
    private SemanticDifference(TomlPath path) => Path = path;

    public TomlPath Path { get; init; }

    /// <summary>A value that was not there; a new table comes as one difference with everything inside.</summary>
    public sealed record Added(TomlPath Path, TomlValue New) : SemanticDifference(Path);

    /// <summary>A value that is gone, with everything inside.</summary>
    public sealed record Removed(TomlPath Path, TomlValue Old) : SemanticDifference(Path);

    public sealed record Changed(TomlPath Path, TomlValue Old, TomlValue New) : SemanticDifference(Path);

    public sealed override string ToString() => this switch
    {
        Added a => $"+ {a.Path} = {ValueWriter.Write(a.New)}",
        Removed r => $"- {r.Path} = {ValueWriter.Write(r.Old)}",
        Changed c => $"~ {c.Path} = {ValueWriter.Write(c.Old)} -> {ValueWriter.Write(c.New)}",
        _ => throw new InvalidOperationException(),
    };
}
