using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.StockClients;

/// <summary>The answers that scenarios are made of.</summary>
public static class Answers
{
    private static readonly ScriptedUsage Few = new(900, 20);

    public static ChatScript Text(string text, ScriptedUsage? usage = null)
    {
        var stream = new ChatStreamBuilder().Role();
        foreach (var piece in PacedReply.Pieces(text))
            stream.Content(piece);
        return stream.Finish().Usage(usage ?? Few).Done().ToScript();
    }

    /// <summary>One answer with these calls; arguments arrive in pieces, as from a model.</summary>
    public static ChatScript Calls(params ScriptedToolCall[] calls) => Calls(Few, calls);

    public static ChatScript Calls(ScriptedUsage usage, params ScriptedToolCall[] calls) =>
        WithCalls(new ChatStreamBuilder().Role(), calls).Finish("tool_calls").Usage(usage).Done().ToScript();

    public static ChatStreamBuilder WithCalls(ChatStreamBuilder stream, params ReadOnlySpan<ScriptedToolCall> calls)
    {
        for (var index = 0; index < calls.Length; index++)
            WithCall(stream, index, calls[index]);
        return stream;
    }

    /// <param name="index">From 0 within the answer.</param>
    public static ChatStreamBuilder WithCall(ChatStreamBuilder stream, int index, ScriptedToolCall call)
    {
        stream.ToolCalls(new ToolCallFragment(index, call.Id, call.Name, ""));
        foreach (var piece in PacedReply.Pieces(call.Arguments))
            stream.ToolCalls(new ToolCallFragment(index, Arguments: piece));
        return stream;
    }

    /// <summary>A call of Codex's shell.</summary>
    public static ScriptedToolCall Shell(string id, string command) => new(id, "exec_command", $$"""{"cmd":{{ChatJson.Quote(command)}}}""");

    /// <summary>A call of the custom tool <c>apply_patch</c> as a backend sees it: one string.</summary>
    public static ScriptedToolCall Patch(string id, string patch) => new(id, "apply_patch", $$"""{"input":{{ChatJson.Quote(patch)}}}""");

    /// <summary>A patch that adds one file of one line.</summary>
    public static string AddFile(string name, string line) => $"*** Begin Patch\n*** Add File: {name}\n+{line}\n*** End Patch\n";
}
