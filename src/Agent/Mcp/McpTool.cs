using System.Globalization;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Events;
using Codex.Agent.Sandbox;
using Codex.Agent.Tools;
using Codex.Agent.Tools.Commands;
using ModelContextProtocol;

namespace Codex.Agent.Mcp;

/// <summary>A tool of a server, offered as a function like any other.</summary>
internal sealed class McpTool(McpConnection connection, McpToolFacts facts, ToolSpec spec) : ITool
{
    private const string NeverText = "MCP tool call requires approval, but approval policy is never";

    private const string DeclinedText = "user rejected MCP tool call";

    private readonly McpServer _server = connection.Server;

    public ToolSpec Spec => spec;

    public bool IsParallelSafe(JsonElement arguments) => _server.RunsInParallel || facts.ReadsOnly;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        var started = new ThreadItem.McpToolCall(context.NextItemId(), _server.Name, facts.Name, arguments.Clone(), Result: null, Error: null, ItemStatus.InProgress);
        context.Emit(new AgentEvent.ItemStarted(started));
        var began = context.Time.GetTimestamp();
        try
        {
            if (await RefusalAsync(arguments, context, cancellation) is { } refusal)
                return Fail(started, refusal, refusal == DeclinedText ? ItemStatus.Declined : ItemStatus.Failed, began, context);
            return await CallAsync(started, call, arguments, began, context, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Fail(started, "aborted by user", ItemStatus.Failed, began, context);
            throw;
        }
    }

    private async Task<ToolResult> CallAsync(ThreadItem.McpToolCall started, ToolCall call, JsonElement arguments, long began, ToolContext context, CancellationToken cancellation)
    {
        var limit = _server.ToolLimit ?? McpServer.DefaultToolLimit;
        using var timer = new CancellationTokenSource(limit, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            var result = McpResult.Read(await connection.CallAsync(facts.Name, arguments, either.Token));
            context.Emit(new AgentEvent.ItemCompleted(started with
            {
                Result = result.Told,
                Status = result.IsError ? ItemStatus.Failed : ItemStatus.Completed,
            }));
            return result.ForModel(context.Time.GetElapsedTime(began), context.OutputLimit, text => SavedOutput.Save(context.OutputDirectory, call.CallId, text));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && timer.IsCancellationRequested)
        {
            return Fail(started, string.Create(CultureInfo.InvariantCulture, $"tool call timed out after {limit.TotalSeconds:0.###} seconds (tool_timeout_sec)"), ItemStatus.Failed, began, context);
        }
        catch (Exception error) when (error is McpException or IOException or HttpRequestException or InvalidOperationException or ObjectDisposedException)
        {
            return Fail(started, $"tool call error: {error.Message}", ItemStatus.Failed, began, context);
        }
    }

    /// <returns>Why the call may not run; null when it may.</returns>
    private async Task<string?> RefusalAsync(JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        var mode = _server.ApprovalOf(facts.Name);
        // Whoever wants neither sandbox nor questions wants none here.
        var isFree = context.Approvals.Policy == ApprovalPolicy.Never && context.Sandbox.Mode == SandboxMode.FullAccess;
        if (mode == McpApproval.Approve || (mode != McpApproval.Prompt && (facts.ReadsOnly || (isFree && mode == McpApproval.Auto))))
            return null;
        if (!context.Approvals.CanAsk)
            return NeverText;
        var request = new ApprovalRequest.McpTool($"mcp\n{_server.Name}\n{facts.Name}", Reason: null, _server.Name, facts.Name, arguments.GetRawText());
        var answer = await context.Approvals.AskAsync(request, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return answer is ApprovalAnswer.Declined or ApprovalAnswer.Abort ? DeclinedText : null;
    }

    private static ToolResult Fail(ThreadItem.McpToolCall started, string why, ItemStatus status, long began, ToolContext context)
    {
        context.Emit(new AgentEvent.ItemCompleted(started with { Error = why, Status = status }));
        return McpResult.Failed(why, context.Time.GetElapsedTime(began));
    }
}
