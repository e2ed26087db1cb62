using System.Globalization;
using Codex.Agent.Events;

namespace Codex.Agent.Interactive.Screen;

/// <summary>Model, sandbox, approvals and room in one line.</summary>
public static class StatusLine
{
    /// <param name="width">Cells; where they do not hold all, what can be asked for with /status goes first.</param>
    public static string Of(string model, string sandbox, string approval, AgentEvent.ContextMeasured? context, int width)
    {
        string[] fuller = [$"{model} · {sandbox} · {approval} · {Left(context)}", $"{model} · {sandbox} · {Left(context)}", $"{sandbox} · {Left(context)}"];
        return fuller.FirstOrDefault(l => CellWidth.Of(l) <= width, Left(context));
    }

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
