using System.Collections.Immutable;

namespace Codex.Gateway.Demo;

/// <summary>What the user seems to want. Found by a handful of patterns, not by understanding.</summary>
public abstract record DemoIntent
{
    private DemoIntent()
    {
    }

    public sealed record Talk : DemoIntent;

    /// <summary>The client wants its conversation summarised (Codex's local compaction).</summary>
    public sealed record Summarise : DemoIntent;

    /// <summary>Shell commands; several are called in parallel.</summary>
    public sealed record Run(ImmutableArray<string> Commands) : DemoIntent;

    /// <param name="Content">Ends with a line end.</param>
    public sealed record CreateFile(string Path, string Content) : DemoIntent;

    /// <summary>Text of a file that other text takes the place of; one line each.</summary>
    public sealed record EditFile(string Path, string Old, string New) : DemoIntent;

    /// <summary>A tool named by the user, with the arguments written beside its name, if any.</summary>
    public sealed record CallTool(DemoTool Tool, string? Arguments) : DemoIntent;
}
