using System.Text.Json;
using Codex.Agent.Tools.Commands;

namespace Codex.Agent.Tools.WriteStdin;

/// <summary>Types into a command that runs, or only looks at it again.</summary>
/// <param name="longestLook">Without typing; <c>background_terminal_max_timeout</c>.</param>
public sealed class WriteStdinTool(BackgroundCommands commands, TimeSpan longestLook) : ITool
{
    private const int ShortestWait = 250;
    private const int LongestWait = 30_000;
    private const int ShortestLook = 5_000;

    public ToolSpec Spec { get; } = ToolSpec.Create("write_stdin", """
        {"type":"object","properties":{
          "session_id":{"type":"number"},
          "chars":{"type":"string","description":"To type; leave empty to look only. \u0003 is Ctrl-C"},
          "yield_time_ms":{"type":"number","description":"How long to wait for output; default 250, or 5000 when looking only"},
          "max_output_tokens":{"type":"number","description":"Default 10000"}},
          "required":["session_id"],"additionalProperties":false}
        """);

    public bool IsParallelSafe(JsonElement arguments) => true;

    public Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        if (arguments.Whole("session_id") is not { } id)
            return Task.FromResult(ToolResult.Failed("write_stdin needs the session_id that exec_command gave."));
        var characters = arguments.Text("chars") ?? "";
        var wanted = arguments.Whole("yield_time_ms");
        var wait = characters.Length > 0
            ? Math.Clamp(wanted ?? ShortestWait, ShortestWait, LongestWait)
            : Math.Clamp(wanted ?? ShortestLook, ShortestLook, Math.Max(ShortestLook, (int)longestLook.TotalMilliseconds));
        return commands.WriteAsync(id, characters, TimeSpan.FromMilliseconds(wait), arguments.Whole("max_output_tokens"), call, context, cancellation);
    }
}
