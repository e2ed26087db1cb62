using System.Collections.Immutable;
using System.Text.Json;

namespace Codex.Translation.Responses;

/// <summary>One entry of <c>tools</c>.</summary>
public abstract record Tool
{
    private Tool()
    {
    }

    /// <param name="Parameters">A JSON schema, passed on as it is.</param>
    public sealed record Function(string Name, string? Description, JsonElement? Parameters, bool? Strict) : Tool;

    /// <summary>A tool whose input is free text, perhaps bound to a grammar.</summary>
    public sealed record Custom(string Name, string? Description, ToolGrammar? Grammar) : Tool;

    /// <summary>Tools under one prefix; a call names both parts (symptom 13).</summary>
    public sealed record Namespace(string Name, string? Description, ImmutableArray<Tool> Tools) : Tool;

    /// <summary>The client searches its own deferred tools.</summary>
    public sealed record ToolSearch(string? Description, JsonElement? Parameters) : Tool;

    public sealed record LocalShell : Tool;

    public sealed record WebSearch(JsonElement Raw) : Tool;

    /// <summary>Has no counterpart in chat/completions: mcp, file_search, code_interpreter, image_generation, shell and their kin.</summary>
    public sealed record Hosted(string Type, JsonElement Raw) : Tool;
}

/// <param name="Syntax"><c>lark</c> or <c>regex</c>.</param>
public sealed record ToolGrammar(string Syntax, string Definition);

/// <summary>All forms of <c>tool_choice</c>.</summary>
public abstract record ToolChoice
{
    private ToolChoice()
    {
    }

    public sealed record Auto : ToolChoice;

    public sealed record None : ToolChoice;

    public sealed record Required : ToolChoice;

    /// <summary>One tool by name: a function or a custom tool.</summary>
    public sealed record Named(string Name, string? Namespace) : ToolChoice;

    /// <param name="MustCall">Whether one of them must be called.</param>
    public sealed record Allowed(bool MustCall, ImmutableArray<Named> Tools) : ToolChoice;

    /// <summary>A tool of the vendor's servers, by its type.</summary>
    public sealed record Hosted(string Type) : ToolChoice;
}
