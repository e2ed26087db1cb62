using System.Collections.Immutable;

namespace Codex.Agent.Tools;

/// <summary>What the model gets to read of a call.</summary>
public sealed record ToolResult(ImmutableArray<ToolContent> Content, bool IsSuccess)
{
    public static ToolResult Text(string text) => new([new ToolContent.Text(text)], IsSuccess: true);

    public static ToolResult Failed(string text) => new([new ToolContent.Text(text)], IsSuccess: false);
}

public abstract record ToolContent
{
    private ToolContent()
    {
    }

    public sealed record Text(string Value) : ToolContent;

    /// <param name="DataUrl">The image itself, as a data URL.</param>
    public sealed record Image(string DataUrl) : ToolContent;
}
