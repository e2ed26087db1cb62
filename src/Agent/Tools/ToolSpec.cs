using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Codex.Agent.Prompts;

namespace Codex.Agent.Tools;

/// <param name="Name">At most 64 characters of <c>[A-Za-z0-9_-]</c>.</param>
/// <param name="Description">The text of <c>x.md</c>.</param>
/// <param name="Parameters">JSON schema of an object.</param>
public sealed record ToolSpec(string Name, string Description, JsonElement Parameters)
{
    /// <summary>Also offered as a free-text tool, whose input is the argument <c>input</c>, where the model wants that.</summary>
    public bool HasFreeForm { get; init; }

    /// <summary>Takes the description from <c>NAME.md</c>.</summary>
    public static ToolSpec Create(string name, [StringSyntax(StringSyntaxAttribute.Json)] string parameters) =>
        new(name, PromptText.Read(name + ".md"), JsonElement.Parse(parameters));
}
