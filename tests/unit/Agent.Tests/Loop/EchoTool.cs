using System.Text.Json;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Loop;

/// <summary>Gives its argument back once as many calls as meet have begun, or waits for its turn to end.</summary>
internal sealed class EchoTool(string name, bool isParallelSafe, List<string>? order = null, int meeting = 0) : ITool
{
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    public ToolSpec Spec { get; } = new(name, "Echoes.", JsonDocument.Parse("""{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}}""").RootElement);

    public bool IsParallelSafe(JsonElement arguments) => isParallelSafe;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        var text = arguments.GetProperty("text").GetString()!;
        lock (order ?? [])
            order?.Add("begin " + text);
        if (text == "hang")
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        if (Interlocked.Increment(ref _begun) >= meeting)
            _met.TrySetResult();
        await _met.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
        lock (order ?? [])
            order?.Add("end " + text);
        return ToolResult.Text("echo: " + text);
    }
}
