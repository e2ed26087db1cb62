using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Codex.Agent.Repair;
using Codex.Agent.Tools;

namespace Codex.Agent.Loop;

/// <summary>A call as it stands in the conversation, native or found in text.</summary>
/// <param name="IsText">Written as text by a model that knows no other way: its result goes back as text too.</param>
internal sealed record RequestedCall(string CallId, string Name, string? Namespace, string Arguments, bool IsFreeForm, bool IsText = false);

/// <summary>What came of a call.</summary>
internal sealed record CallOutcome(RequestedCall Requested, ToolCall Call, ToolResult Result);

/// <summary>Runs the calls of one answer: neighbours that change nothing together, all others alone, results in the order of the calls.</summary>
internal sealed class CallRunner(ToolBox tools, ToolContext context, LoopGuard guard)
{
    /// <summary>Why the turn has to end, once a guard said so.</summary>
    public string? StopReason { get; private set; }

    public async Task<ImmutableArray<CallOutcome>> RunAsync(IReadOnlyList<RequestedCall> calls, CancellationToken cancellation)
    {
        var outcomes = ImmutableArray.CreateBuilder<CallOutcome>(calls.Count);
        for (var i = 0; i < calls.Count;)
        {
            var batch = new List<(RequestedCall Call, Prepared Prepared)> { (calls[i], Prepare(calls[i])) };
            while (batch[^1].Prepared.IsParallelSafe && i + batch.Count < calls.Count
                && Prepare(calls[i + batch.Count]) is { IsParallelSafe: true } next)
            {
                batch.Add((calls[i + batch.Count], next));
            }

            outcomes.AddRange(await Task.WhenAll(batch.Select(b => RunAsync(b.Call, b.Prepared, cancellation))));
            i += batch.Count;
        }

        return [.. outcomes.Select(Judge)];
    }

    /// <summary>Answers calls that are not run at all.</summary>
    public static ImmutableArray<CallOutcome> Refuse(IEnumerable<RequestedCall> calls, string why) =>
        [.. calls.Select(c => new CallOutcome(c, new ToolCall(c.CallId, c.Name, c.IsFreeForm), ToolResult.Failed(why)))];

    private Prepared Prepare(RequestedCall requested)
    {
        if (ToolNames.Find(requested.Name, requested.Namespace, tools.Understood) is not { } name || tools.Find(name) is not { } tool)
        {
            return new Prepared(
                Tool: null, requested.Name, default, $"unsupported {(requested.IsFreeForm ? "custom tool call" : "call")}: {requested.Name}. The tools are: {string.Join(", ", tools.Names)}.");
        }

        if (requested.IsFreeForm)
            return new Prepared(tool, name, FreeForm(requested.Arguments), Refusal: null);
        return CallArguments.Read(requested.Arguments, tool.Spec.Parameters) switch
        {
            CallArguments.Fit fit => new Prepared(tool, name, fit.Value, Refusal: null),
            CallArguments.Broken broken => new Prepared(tool, name, default, broken.Message),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    private async Task<CallOutcome> RunAsync(RequestedCall requested, Prepared prepared, CancellationToken cancellation)
    {
        var call = new ToolCall(requested.CallId, prepared.Name, requested.IsFreeForm);
        if (prepared.Refusal is { } refusal)
            return new CallOutcome(requested, call, ToolResult.Failed(refusal));
        var began = context.Time.GetTimestamp();
        try
        {
            // A call before it may have been the end of the turn.
            cancellation.ThrowIfCancellationRequested();
            return new CallOutcome(requested, call, await prepared.Tool!.RunAsync(call, prepared.Arguments, context, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var seconds = context.Time.GetElapsedTime(began).TotalSeconds;
            return new CallOutcome(requested, call, ToolResult.Failed(string.Create(CultureInfo.InvariantCulture, $"aborted by user after {seconds:0.0}s")));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A mistake of this program, or of what it found on disk: the turn can go on without this call.
            return new CallOutcome(requested, call, ToolResult.Failed($"{prepared.Name} failed: unexpected {fault.GetType().Name}: {fault.Message}"));
        }
    }

    private CallOutcome Judge(CallOutcome outcome)
    {
        var text = string.Concat(outcome.Result.Content.OfType<ToolContent.Text>().Select(t => t.Value));
        switch (guard.Note(outcome.Call.Name, outcome.Requested.Arguments, text, !outcome.Result.IsSuccess))
        {
            case LoopVerdict.Correct correct:
                return outcome with { Result = outcome.Result with { Content = outcome.Result.Content.Add(new ToolContent.Text("\n\n[notice] " + correct.Message)) } };
            case LoopVerdict.Stop stop:
                StopReason ??= stop.Reason;
                return outcome;
            default:
                return outcome;
        }
    }

    private static JsonElement FreeForm(string input)
    {
        using var document = JsonDocument.Parse("{\"input\":" + JsonSerializer.Serialize(input, FreeFormJson.Default.String) + "}");
        return document.RootElement.Clone();
    }

    private sealed record Prepared(ITool? Tool, string Name, JsonElement Arguments, string? Refusal)
    {
        public bool IsParallelSafe => Refusal is not null || Tool!.IsParallelSafe(Arguments);
    }
}
