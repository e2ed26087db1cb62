using System.Globalization;
using Codex.Agent.Events;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Model, sandbox, approvals and room in one line.</summary>
public static class StatusLine
{
    public static string Of(string model, string sandbox, string approval, AgentEvent.ContextMeasured? context) =>
        $"{model} · {sandbox} · {approval} · {Left(context)}";

    /// <summary>Of what the window holds beyond instructions and tools, how much is free, in percent.</summary>
    public static int PercentLeft(AgentEvent.ContextMeasured context)
    {
        var room = context.Window - context.PrefixTokens;
        var used = Math.Max(0, context.ContextTokens - context.PrefixTokens);
        return room <= 0 ? 0 : (int)Math.Round(100.0 * Math.Max(0, room - used) / room, MidpointRounding.AwayFromZero);
    }

    private static string Left(AgentEvent.ContextMeasured? context) =>
        string.Create(CultureInfo.InvariantCulture, $"{(context is null ? 100 : PercentLeft(context))}% context left");
}
