using Codex.Agent.Events;

namespace Codex.Agent.Output;

/// <summary>Writes every event as a line of JSON; flushes each, since programs wait for them.</summary>
public sealed class JsonRenderer(TextWriter output)
{
    public async Task RenderAsync(AgentEvent e)
    {
        // Codex tells the reason twice: programs that only look for errors find it too.
        if (e is AgentEvent.TurnFailed failed)
            await output.WriteLineAsync(JsonLines.Line(new AgentEvent.Trouble(failed.Message)));
        if (JsonLines.Line(e) is not { } line)
            return;
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }
}
