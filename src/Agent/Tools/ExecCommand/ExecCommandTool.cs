using System.Text.Json;
using Codex.Agent.Tools.Commands;

namespace Codex.Agent.Tools.ExecCommand;

/// <summary>Starts a script and looks at it after a while; one that still runs goes on, and write_stdin looks again.</summary>
/// <param name="canEscalate">There is somebody to ask.</param>
public sealed class ExecCommandTool(CommandDesk desk, BackgroundCommands commands, bool canEscalate) : ITool
{
    private const int DefaultWait = 10_000;

    private const string Prefix = """
        ,"prefix_rule":{"type":"array","items":{"type":"string"},"description":"With require_escalated: beginning of the command that the user may allow for ever, such as [\"git\",\"pull\"]"}
        """;

    public ToolSpec Spec { get; } = ToolSpec.Create("exec_command", $$$"""
        {"type":"object","properties":{
          "cmd":{"type":"string","description":"Script to run"},
          "workdir":{"type":"string","description":"Default: working directory"},
          "shell":{"type":"string","description":"Program to run it with; default: the user's shell"},
          "login":{"type":"boolean","description":"Read the user's profile; default true"},
          "tty":{"type":"boolean","description":"Give it a terminal, needed to type into it; default false"},
          "yield_time_ms":{"type":"number","description":"How long to wait for output, 250 to 30000; default 10000"},
          "max_output_tokens":{"type":"number","description":"Default 10000"}{{{(canEscalate ? ScriptCall.EscalationParameters + Prefix : "")}}}},
          "required":["cmd"],"additionalProperties":false}
        """);

    public bool IsParallelSafe(JsonElement arguments) => arguments.Text("cmd") is { } script && !CommandDesk.IsPatch(script);

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        if (ScriptCall.Read(arguments, "cmd", context) is not { } script)
            return ToolResult.Failed("exec_command needs cmd.");
        var wait = TimeSpan.FromMilliseconds(Math.Clamp(arguments.Whole("yield_time_ms") ?? DefaultWait, 250, 30_000));
        return await desk.PrepareAsync(script, call, context, cancellation) switch
        {
            PreparedScript.Patched patched => Wrapped(patched.Result),
            PreparedScript.Refused { IsEscalation: true } refused => ToolResult.Failed(refused.Text),
            PreparedScript.Refused refused => ToolResult.Failed(ExecText.Rejected(refused.Text)),
            PreparedScript.Ready ready => await commands.StartAsync(
                ready.Request, ready.TakesTyping && (arguments.Flag("tty") ?? false), wait, arguments.Whole("max_output_tokens"), call, context, cancellation),
            var other => throw new NotSupportedException(other.GetType().Name),
        };
    }

    /// <summary>Codex puts a patch that worked into the frame of a command.</summary>
    private static ToolResult Wrapped(ToolResult result) => result is { IsSuccess: true, Content: [ToolContent.Text text] }
        ? ToolResult.Text("Wall time: 0.0000 seconds\nOutput:\n" + text.Value)
        : result;
}
