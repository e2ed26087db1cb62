using Codex.Agent.Events;

namespace Codex.Agent.Output;

/// <summary>Writes every event as a line of JSON; flushes each, since programs wait for them.</summary>
public sealed class JsonRenderer(TextWriter output)
{
    public async Task RenderAsync(AgentEvent e)
    {
        if (JsonLines.Line(e) is not { } line)
            return;
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }
}
