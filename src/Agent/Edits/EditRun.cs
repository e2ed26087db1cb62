using Codex.Agent.Events;
using Codex.Agent.Tools;

namespace Codex.Agent.Edits;

/// <summary>Writes a planned change for a tool: permission first, then the files, all of it told to who watches.</summary>
public static class EditRun
{
    /// <returns>Null when the files are written; otherwise why not, for the model.</returns>
    public static async Task<string?> WriteAsync(EditPlan plan, ToolContext context, CancellationToken cancellation)
    {
        var refusal = await EditPermission.RefuseAsync(plan, context, cancellation);
        if (refusal is { IsDeclined: false } refused)
            return refused.Reason;
        var item = new ThreadItem.FileChange(context.NextItemId(), [.. plan.Changes.OrderBy(c => c.Path, StringComparer.Ordinal)], ItemStatus.InProgress) { Diff = plan.Diff(context.WorkingDirectory) };
        context.Emit(new AgentEvent.ItemStarted(item));
        var failure = refusal?.Reason ?? plan.Write();
        var status = refusal is not null ? ItemStatus.Declined : failure is null ? ItemStatus.Completed : ItemStatus.Failed;
        context.Emit(new AgentEvent.ItemCompleted(item with { Status = status }));
        return failure;
    }
}
