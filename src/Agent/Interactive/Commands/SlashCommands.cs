using System.Collections.Immutable;
using Codex.Agent.CustomPrompts;
using Codex.Agent.Interactive.Completing;
using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Interactive.Commands;

/// <summary>All commands. Help, completion and the way to the nearest name are made of this list.</summary>
internal static class SlashCommands
{
    private const string PromptMark = "prompts:";
    private const int MostDistance = 3;

    public static readonly ImmutableArray<SlashCommand> All =
    [
        .. ThreadCommands.All,
        .. SettingCommands.All,
        .. ProjectCommands.All,
        .. TerminalCommands.All,
    ];

    /// <param name="line">Begins with a slash.</param>
    public static async Task RunAsync(InteractiveSession session, string line, CancellationToken cancellation)
    {
        var end = line.AsSpan().IndexOfAny(" \n");
        var (name, arguments) = end < 0 ? (line[1..], "") : (line[1..end], line[(end + 1)..].Trim());
        if (name.StartsWith(PromptMark, StringComparison.Ordinal))
            SendPrompt(session, name[PromptMark.Length..], arguments);
        else if (Find(name) is not { } command)
            session.PrintLine(Unknown(name));
        else if (session.Work.IsRunning && !command.WhileWorking)
            session.PrintLine($"/{command.Name} has to wait until the turn ends; Ctrl-C interrupts it.");
        else
            await command.RunAsync(session, arguments, cancellation);
    }

    /// <param name="codexHome">Holds the custom prompts, which are called like commands.</param>
    public static ImmutableArray<Suggestion> Suggestions(string codexHome) =>
    [
        .. All.Where(c => !c.IsAlias).Select(c => new Suggestion(c.Arguments.Length == 0 ? $"/{c.Name}" : $"/{c.Name} ", $"{c.Usage}  {c.Summary}")),
        .. CustomPromptFolder.List(codexHome).Select(p => new Suggestion($"/{PromptMark}{p.Name} ", $"/{PromptMark}{p.Name}  {p.Description}")),
    ];

    public static string Help()
    {
        var shown = All.Where(c => !c.IsAlias).ToList();
        var width = shown.Max(c => c.Usage.Length);
        return string.Concat(shown.Select(c => $"  {c.Usage.PadRight(width)}  {c.Summary}\n"));
    }

    internal static string Unknown(string name)
    {
        var nearest = All.Where(c => !c.IsAlias).MinBy(c => Distance(c.Name, name))!;
        return Distance(nearest.Name, name) <= MostDistance && Distance(nearest.Name, name) < name.Length
            ? $"There is no /{PlainText.Of(name)}; the nearest is /{nearest.Name}."
            : $"There is no /{PlainText.Of(name)}; /help tells what there is.";
    }

    private static SlashCommand? Find(string name) => All.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static void SendPrompt(InteractiveSession session, string name, string arguments)
    {
        if (session.Work.IsRunning)
        {
            session.PrintLine($"/{PromptMark}{PlainText.Of(name)} has to wait until the turn ends; Ctrl-C interrupts it.");
            return;
        }

        var prompts = CustomPromptFolder.List(session.Desk.Settings.CodexHome);
        if (prompts.FirstOrDefault(p => p.Name == name) is not { } prompt)
        {
            session.PrintLine(prompts.IsEmpty
                ? $"There are no prompts in {Path.Combine(session.Desk.Settings.CodexHome, "prompts")}."
                : $"There is no prompt {PlainText.Of(name)}; there are: {string.Join(", ", prompts.Select(p => p.Name))}.");
            return;
        }

        switch (PromptExpansion.Expand(prompt, arguments))
        {
            case PromptExpansion.Ready ready:
                session.StartTurn(ready.Text);
                break;
            case PromptExpansion.Refused refused:
                session.PrintLine(refused.Reason);
                break;
        }
    }

    /// <summary>Levenshtein's distance: letters to change, add or leave out.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
