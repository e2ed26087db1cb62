using System.Text.Json;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Loop;

/// <summary>Gives its argument back, or waits for its turn to end.</summary>
internal sealed class EchoTool(string name, bool isParallelSafe, List<string>? order = null) : ITool
{
    public ToolSpec Spec { get; } = new(name, "Echoes.", JsonDocument.Parse("""{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}}""").RootElement);

    public bool IsParallelSafe(JsonElement arguments) => isParallelSafe;

    public async Task<ToolResult> RunAsync(ToolCall call, JsonElement arguments, ToolContext context, CancellationToken cancellation)
    {
        var text = arguments.GetProperty("text").GetString()!;
        lock (order ?? [])
            order?.Add("begin " + text);
        if (text == "hang")
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        await Task.Yield();
        lock (order ?? [])
            order?.Add("end " + text);
        return ToolResult.Text("echo: " + text);
    }
}
