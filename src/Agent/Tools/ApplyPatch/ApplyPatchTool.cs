using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Codex.Agent.Edits;
using Codex.Agent.Edits.Tolerant;

namespace Codex.Agent.Tools.ApplyPatch;

/// <summary>Changes files by a patch: as a function with the argument <c>input</c>, or as free text.</summary>
public sealed class ApplyPatchTool : ITool
{
    public const string Name = "apply_patch";

    private const string Failure = "apply_patch verification failed: ";

    public ToolSpec Spec { get; } = ToolSpec.Create(Name, """
        {"type":"object","properties":{"input":{"type":"string","description":"The whole patch, from *** Begin Patch to *** End Patch"}},"required":["input"],"additionalProperties":false}
        """) with { HasFreeForm = true };

    public bool IsParallelSafe(JsonElement arguments) => false;

    public Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        // Arguments in JSON that ended properly were not cut; free text may end anywhere.
        return RunAsync(arguments.Text("input") ?? "", mayBeCut: call.IsFreeForm, context.WorkingDirectory, context, cancellation);
    }

    /// <summary>Runs a patch that came by another way, such as a heredoc in a command.</summary>
    /// <param name="directory">Where the patch's relative paths begin; absolute.</param>
    public static async Task<ToolResult> RunAsync(string patch, bool mayBeCut, string directory, ToolContext context, CancellationToken cancellation)
    {
        var began = context.Time.GetTimestamp();
        switch (PatchReader.Read(patch, mayBeCut))
        {
            case PatchReading.Unreadable unreadable:
                return ToolResult.Failed(Failure + unreadable.Reason);
            case PatchReading.Read read:
                return EditPlanner.Plan(read.Patch, directory, read.Notes) switch
                {
                    PlanOutcome.Refused refused => ToolResult.Failed(Failure + refused.Reason),
                    PlanOutcome.Planned planned => await WriteAsync(planned.Plan, context, began, cancellation),
                    var other => throw new UnreachableException(other.GetType().Name),
                };
            case var other:
                throw new UnreachableException(other.GetType().Name);
        }
    }

    private static async Task<ToolResult> WriteAsync(EditPlan plan, ToolContext context, long began, CancellationToken cancellation)
    {
        if (await EditRun.WriteAsync(plan, context, cancellation) is { } failure)
            return ToolResult.Failed(failure);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Exit code: 0\nWall time: {context.Time.GetElapsedTime(began).TotalSeconds:0.#} seconds\nOutput:\n{plan.Summary}");
        foreach (var note in plan.Notes)
            text.Append(CultureInfo.InvariantCulture, $"Note: {note}.\n");
        return ToolResult.Text(text.ToString());
    }
}
