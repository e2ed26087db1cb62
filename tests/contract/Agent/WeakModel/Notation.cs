using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>How the model writes a call; everything but <see cref="Native"/> is text of the answer.</summary>
internal enum Notation
{
    Native,
    ToolCallTag,
    ToolCallWithoutOpener,
    Fence,
    BareObject,
    CallsMarker,
    NamedMarker,
    Pythonic,
    ToolCode,
    Harmony,
    FunctionTag,
    Invoke,
    ArgumentTags,
    SectionMarkers,
    PythonTag,
    TagInThinking,
    PatchInFence,
}

internal static class Written
{
    public static string Call(string name, string arguments, Notation notation) => notation switch
    {
        Notation.ToolCallTag => $"<tool_call>\n{Json(name, arguments, "arguments")}\n</tool_call>",
        Notation.ToolCallWithoutOpener => $"{Json(name, arguments, "arguments")}\n</tool_call>",
        Notation.Fence => $"```json\n{Json(name, arguments, "arguments")}\n```",
        Notation.BareObject => Json(name, arguments, "parameters"),
        Notation.CallsMarker => $"[TOOL_CALLS][{Json(name, arguments, "arguments")}]",
        Notation.NamedMarker => $"[TOOL_CALLS]{name}[ARGS]{arguments}",
        Notation.Pythonic => $"[{Python(name, arguments)}]",
        Notation.ToolCode => $"```tool_code\n{Python(name, arguments)}\n```",
        Notation.Harmony => $"<|channel|>commentary to=functions.{name} <|constrain|>json<|message|>{arguments}<|call|>",
        Notation.FunctionTag => $"<function={name}>\n{Each(arguments, f => $"<parameter={f.Name}>\n{f.Value}\n</parameter>\n")}</function>",
        Notation.Invoke => $"<invoke name=\"{name}\">\n{Each(arguments, f => $"<parameter name=\"{f.Name}\">{f.Value}</parameter>\n")}</invoke>",
        Notation.ArgumentTags => $"<tool_call>{name}\n{Each(arguments, f => $"<arg_key>{f.Name}</arg_key>\n<arg_value>{f.Value}</arg_value>\n")}</tool_call>",
        Notation.SectionMarkers => $"<|tool_calls_section_begin|><|tool_call_begin|>functions.{name}:0<|tool_call_argument_begin|>{arguments}<|tool_call_end|><|tool_calls_section_end|>",
        Notation.PythonTag => "<|python_tag|>" + Json(name, arguments, "parameters"),
        Notation.TagInThinking => $"<think>\nI should do it now.\n<tool_call>\n{Json(name, arguments, "arguments")}\n</tool_call>\n</think>",
        Notation.PatchInFence => $"```diff\n{Damaged.Fields(arguments).First(f => f.Value.Contains("*** Begin Patch", StringComparison.Ordinal) || f.Value.StartsWith("--- ", StringComparison.Ordinal)).Value.TrimEnd()}\n```",
        _ => throw new ArgumentOutOfRangeException(nameof(notation), notation, message: null),
    };

    private static string Json(string name, string arguments, string member) => $"{{\"name\": {ChatJson.Quote(name)}, \"{member}\": {arguments}}}";

    private static string Python(string name, string arguments) =>
        $"{name}({string.Join(", ", Damaged.Fields(arguments).Select(f => $"{f.Name}={ChatJson.Quote(f.Value)}"))})";

    private static string Each(string arguments, Func<(string Name, string Value), string> write) => string.Concat(Damaged.Fields(arguments).Select(write));
}
