using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Loop;

/// <summary>Asks the user, as tools do before they change something.</summary>
internal sealed class AskTool : ITool
{
    public ToolSpec Spec { get; } = new("ask", "Asks.", JsonElement.Parse("""{"type":"object","properties":{}}"""));

    public bool IsParallelSafe(JsonElement arguments) => false;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        var answer = await context.Approvals.AskAsync(new ApprovalRequest.Edit("key", Reason: null, ["file"], "diff"), cancellation);
        cancellation.ThrowIfCancellationRequested();
        return ToolResult.Text($"{answer}");
    }
}
