using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Gateway.Demo;

/// <summary>What the demo model reads of a chat/completions request; everything else is ignored.</summary>
public sealed record DemoRequest
{
    public required string Model { get; init; }

    public required ImmutableArray<DemoMessage> Messages { get; init; }

    public ImmutableArray<DemoTool> Tools { get; init; } = [];

    public DemoToolChoice ToolChoice { get; init; } = new DemoToolChoice.Auto();

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    /// <summary><c>max_completion_tokens</c>, else <c>max_tokens</c>.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The schema of <c>response_format</c> json_schema; an empty object schema for json_object.</summary>
    public JsonElement? ResponseSchema { get; init; }

    /// <summary>Characters of all texts, calls and tool definitions: the base of the estimated usage.</summary>
    public int Characters { get; init; }

    public int PromptTokens => DemoTokens.Of(Characters);
}

/// <param name="Role"><c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>.</param>
/// <param name="Parts">The texts of the content, one per part.</param>
/// <param name="Images">How many images the content holds.</param>
/// <param name="ToolCallIds">The calls an assistant message makes.</param>
public sealed record DemoMessage(string Role, ImmutableArray<string> Parts, int Images, ImmutableArray<string> ToolCallIds);

/// <param name="Parameters">The JSON schema of the arguments, as offered.</param>
public sealed record DemoTool(string Name, JsonElement Parameters);

/// <summary>The <c>tool_choice</c> of the request.</summary>
public abstract record DemoToolChoice
{
    private DemoToolChoice()
    {
    }

    public sealed record Auto : DemoToolChoice;

    public sealed record None : DemoToolChoice;

    /// <summary>Some tool must be called, the named one when there is a name.</summary>
    public sealed record Required(string? Name) : DemoToolChoice;
}

/// <summary>Token counts of a model that has no tokenizer: four characters each, rounded up.</summary>
internal static class DemoTokens
{
    public const int CharactersPerToken = 4;

    public static int Of(int characters) => (characters + CharactersPerToken - 1) / CharactersPerToken;
}
