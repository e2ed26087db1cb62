using System.Globalization;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Processes;
using Codex.Agent.Tools.Commands;

namespace Codex.Agent.Tools.Shell;

/// <summary>Runs a script to its end. The simple tool for commands: every model knows one like it.</summary>
/// <param name="canEscalate">There is somebody to ask.</param>
public sealed class ShellTool(CommandDesk desk, CommandRunner runner, bool canEscalate) : ITool
{
    /// <summary>Long enough for builds and tests; Codex's ten seconds ended them in the middle.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    public ToolSpec Spec { get; } = ToolSpec.Create("shell", $$$"""
        {"type":"object","properties":{
          "command":{"type":"string"},
          "workdir":{"type":"string"},
          "timeout_ms":{"type":"integer","description":"Default 120000"}{{{(canEscalate ? ScriptCall.EscalationParameters : "")}}}},
          "required":["command"]}
        """);

    public bool IsParallelSafe(JsonElement arguments) => arguments.Text("command") is { } script && KnownSafeCommand.Is(script);

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        if (ScriptCall.Read(arguments, "command", context) is not { } script)
            return ToolResult.Failed("shell needs a command.");
        var timeout = arguments.Whole("timeout_ms") is > 0 and var wanted ? TimeSpan.FromMilliseconds(wanted) : DefaultTimeout;
        return await desk.PrepareAsync(script, call, context, cancellation) switch
        {
            PreparedScript.Patched patched => patched.Result,
            PreparedScript.Refused refused => ToolResult.Failed(refused.Text),
            PreparedScript.Ready ready => await RunAsync(ready, timeout < LongestTimeout ? timeout : LongestTimeout, call, context, cancellation),
            var other => throw new NotSupportedException(other.GetType().Name),
        };
    }

    private async Task<ToolResult> RunAsync(
        PreparedScript.Ready ready, TimeSpan timeout, ToolCall call, ToolContext context, CancellationToken cancellation)
    {
        var item = CommandItem.Start(ready.Request.Words, ready.Request.Directory, context);
        var began = context.Time.GetTimestamp();
        try
        {
            var outcome = await runner.RunAsync(
                ready.Request with { Timeout = timeout, OutputLimit = 16 * OutputBuffer.DefaultLimit, OnOutput = text => item.Hear(text, context) },
                cancellation);
            switch (outcome)
            {
                case CommandOutcome.Completed completed:
                    item.Exited(completed.ExitCode, completed.Duration, context);
                    return Show(completed, ready.IsConfined, timeout, call, context);
                case CommandOutcome.Refused refused:
                    item.Failed(refused.Reason, duration: null, context);
                    return ToolResult.Failed(refused.Reason);
                case CommandOutcome.NotStarted notStarted:
                    item.Failed(notStarted.Reason, duration: null, context);
                    return ToolResult.Failed(notStarted.Reason);
                default:
                    throw new NotSupportedException(outcome.GetType().Name);
            }
        }
        catch (OperationCanceledException)
        {
            item.Failed("aborted by user", context.Time.GetElapsedTime(began), context);
            throw;
        }
    }

    private static ToolResult Show(CommandOutcome.Completed completed, bool isConfined, TimeSpan timeout, ToolCall call, ToolContext context)
    {
        var output = completed.Output;
        if (completed.TimedOut)
            output = string.Create(CultureInfo.InvariantCulture, $"command timed out after {timeout.TotalMilliseconds:0} milliseconds\n") + output;
        var savedAt = OutputCut.IsTooLong(output, context.OutputLimit) ? SavedOutput.Save(context.OutputDirectory, call.CallId, output) : null;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"Exit code: {completed.ExitCode}\nWall time: {completed.Duration.TotalSeconds:0.#} seconds\nOutput:\n{OutputCut.Shorten(output, context.OutputLimit, savedAt)}");
        if (isConfined && SandboxDenial.IsLikely(completed.ExitCode, output))
            text += (text.EndsWith('\n') ? "" : "\n") + SandboxDenial.Notice(context.Approvals.CanAsk);
        return completed.ExitCode == 0 ? ToolResult.Text(text) : ToolResult.Failed(text);
    }
}
