using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Events;

namespace Codex.Agent.Tools.UpdatePlan;

/// <summary>Shows the user the steps of the work; changes nothing.</summary>
public sealed class UpdatePlanTool : ITool
{
    private readonly Lock _gate = new();
    private ToolContext? _turn;
    private string _itemId = "";

    public ToolSpec Spec { get; } = ToolSpec.Create("update_plan", """
        {"type":"object","properties":{
          "plan":{"type":"array","items":{"type":"object","properties":{
            "step":{"type":"string"},
            "status":{"type":"string","enum":["pending","in_progress","completed"]}},"required":["step","status"]}}},
          "required":["plan"]}
        """);

    public bool IsParallelSafe(JsonElement arguments) => false;

    public Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        var steps = arguments.GetProperty("plan") is { ValueKind: JsonValueKind.Array } plan
            ? plan.EnumerateArray().Select(Step).OfType<Todo>().ToImmutableArray()
            : [];
        if (steps.IsEmpty)
            return Task.FromResult(ToolResult.Failed("The plan has no steps; give each as {\"step\":\"...\",\"status\":\"pending\"}."));
        lock (_gate)
        {
            // One list for each turn: every turn has a context of its own.
            var isNew = !ReferenceEquals(_turn, context);
            if (isNew)
                (_turn, _itemId) = (context, context.NextItemId());
            var list = new ThreadItem.TodoList(_itemId, steps);
            context.Emit(isNew ? new AgentEvent.ItemStarted(list) : new AgentEvent.ItemUpdated(list));
        }

        return Task.FromResult(ToolResult.Text("Plan updated"));
    }

    private static Todo? Step(JsonElement step) => step.ValueKind switch
    {
        JsonValueKind.String => new Todo(step.GetString()!, Completed: false),
        JsonValueKind.Object when (step.Text("step") ?? step.Text("content") ?? step.Text("description")) is { } text =>
            new Todo(text, step.Text("status") is "completed" or "complete" or "done"),
        _ => null,
    };
}
