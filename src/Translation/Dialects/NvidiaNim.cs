namespace Codex.Translation.Dialects;

/// <summary>NVIDIA NIM: vLLM inside; its Kimi refuses <c>parallel_tool_calls: true</c>, so the field is left out.</summary>
internal static class NvidiaNim
{
    public static readonly Dialect Value = new()
    {
        Name = "nvidia",
        ReasoningReplayField = "reasoning_content",
        ReasoningReplay = ReasoningReplay.ToolLoop,
        SendsParallelToolCalls = false,
    };
}
