using System.Text.Json;

namespace Codex.Agent.Tools;

/// <summary>Something the model can call. What it reads about it is the <c>x.md</c> beside the class.</summary>
public interface ITool
{
    ToolSpec Spec { get; }

    /// <summary>Whether this call may run beside others: it changes nothing they could see.</summary>
    bool IsParallelSafe(JsonElement arguments);

    /// <summary>
    /// Runs the call. What goes wrong is a result that tells the model what to do next; only
    /// <see cref="OperationCanceledException"/> leaves here.
    /// </summary>
    /// <param name="arguments">An object that fits the schema of <see cref="Spec"/>.</param>
    Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation);
}
