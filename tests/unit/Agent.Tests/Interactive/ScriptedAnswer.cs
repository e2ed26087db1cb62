using System.Text.Json;
using Codex.Agent.Tests.Loop;

namespace Codex.Agent.Tests.Interactive;

/// <summary>
/// One step of an answer. The user's message says what to answer: <c>run COMMAND</c>, <c>outside COMMAND</c> (without the
/// sandbox), <c>write PATH TEXT</c>, <c>plan it</c>, <c>say TEXT</c>, <c>hold TEXT | TEXT</c> (in two halves), <c>die TEXT</c>
/// (the server is gone in the middle), <c>refuse STATUS TEXT</c>; anything else is acknowledged. In all of them <c>\n</c>,
/// <c>\e</c> and <c>\u{HEX}</c> are characters.
/// </summary>
internal abstract record ScriptedAnswer
{
    private ScriptedAnswer()
    {
    }

    public sealed record Begin : ScriptedAnswer;

    public sealed record Send(string Event) : ScriptedAnswer;

    /// <summary>Waits until the test goes on.</summary>
    public sealed record Hold : ScriptedAnswer;

    public sealed record Die : ScriptedAnswer;

    public sealed record Refuse(string Status, string Message) : ScriptedAnswer;

    public static IEnumerable<ScriptedAnswer> To(JsonElement request)
    {
        // As servers count, more or less.
        var tokens = request.GetRawText().Length / 4;
        var last = request.GetProperty("input").EnumerateArray().Last();
        if (!request.TryGetProperty("tools", out var tools) || tools.GetArrayLength() == 0)
            return Say("It was said that all is well.", tokens);
        if (last.TryGetProperty("output", out _))
            return Say("The tool has answered.", tokens);
        var said = ScreenScript.Plain(last.GetProperty("content")[0].GetProperty("text").GetString()!);
        var (verb, rest) = said.Split(' ', 2) is [var one, var two] ? (one, two) : (said, "");
        return verb switch
        {
            "run" => Call(Command(request, new() { ["cmd"] = rest }), tokens),
            "outside" => Call(Command(request, new() { ["cmd"] = rest, ["sandbox_permissions"] = "require_escalated", ["justification"] = "It needs the network." }), tokens),
            "write" => Call(Function("write_file", new() { ["path"] = rest.Split(' ', 2)[0], ["content"] = rest.Split(' ', 2)[1] }), tokens),
            "plan" => Call(ScriptedModel.FunctionCall("update_plan", """{"plan":[{"step":"look","status":"completed"},{"step":"build","status":"in_progress"}]}""", "call_1"), tokens),
            "say" => Say(rest, tokens),
            "hold" => Held(rest.Split(" |"), tokens),
            "die" => [new Begin(), Delta(rest), new Die()],
            "refuse" => [new Refuse(rest.Split(' ', 2)[0], rest.Split(' ', 2)[1])],
            _ => Say("You said it.\nThat is all.", tokens),
        };
    }

    private static IEnumerable<ScriptedAnswer> Say(string text, int tokens) =>
        [new Begin(), .. text.Split(' ').Select((w, i) => Delta(i == 0 ? w : $" {w}")), .. End(ScriptedModel.Message(text), tokens)];

    private static IEnumerable<ScriptedAnswer> Held(string[] halves, int tokens) =>
        [new Begin(), Delta(halves[0]), new Hold(), Delta(halves[1]), .. End(ScriptedModel.Message(halves[0] + halves[1]), tokens)];

    private static IEnumerable<ScriptedAnswer> Call(string call, int tokens) => [new Begin(), .. End(call, tokens)];

    private static IEnumerable<ScriptedAnswer> End(string item, int tokens) => [new Send(ScriptedModel.Done(item)), new Send(ScriptedModel.Completed(tokens))];

    private static Send Delta(string text) => new($$"""{"type":"response.output_text.delta","delta":{{JsonSerializer.Serialize(text)}}}""");

    /// <summary>The tool's name depends on the size of the model.</summary>
    private static string Command(JsonElement request, Dictionary<string, string> arguments)
    {
        if (request.GetProperty("tools").EnumerateArray().Any(t => t.GetProperty("name").GetString() == "exec_command"))
            return Function("exec_command", arguments);
        arguments["command"] = arguments["cmd"];
        arguments.Remove("cmd");
        return Function("shell", arguments);
    }

    private static string Function(string name, Dictionary<string, string> arguments) => ScriptedModel.FunctionCall(name, JsonSerializer.Serialize(arguments), "call_1");
}
