using System.Collections.Immutable;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Mcp;
using Codex.Agent.Memory;
using Codex.Agent.Prompts;

namespace Codex.Agent.Interactive.Commands;

/// <summary>Commands about the project and what the model is told of it.</summary>
internal static class ProjectCommands
{
    private const string Instructions = "AGENTS.md";

    public static readonly ImmutableArray<SlashCommand> All =
    [
        new("init", "", "Have the model write AGENTS.md for this project.", WhileWorking: false, InitAsync),
        new("mention", "FILE", "Name a file in the message you are writing.", WhileWorking: true, MentionAsync),
        new("skills", "", "List the skills; $NAME in a message uses one.", WhileWorking: true, SkillsAsync),
        new("mcp", "", "List the MCP servers of the configuration.", WhileWorking: true, McpAsync),
        new("m_update", "FACT", "Remember a fact, for later conversations too.", WhileWorking: true, RememberAsync),
        new("m_drop", "WORDS", "Forget the fact that has these words.", WhileWorking: true, ForgetAsync),
    ];

    private static Task InitAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        var file = Path.Combine(session.Desk.Settings.WorkingDirectory, Instructions);
        if (File.Exists(file))
            session.PrintLine($"{PlainText.Of(file)} exists already; it is left as it is.");
        else
            session.StartTurn(PromptText.Read("init-project.md"));
        return Task.CompletedTask;
    }

    private static Task MentionAsync(InteractiveSession session, string path, CancellationToken cancellation)
    {
        var whole = Path.GetFullPath(path, session.Desk.Settings.WorkingDirectory);
        if (path.Length == 0)
            session.PrintLine("Name a file: /mention FILE.");
        else if (!File.Exists(whole) && !Directory.Exists(whole))
            session.PrintLine($"There is no {PlainText.Of(whole)}.");
        else
            session.Compose($"{Path.GetRelativePath(session.Desk.Settings.WorkingDirectory, whole)} ");
        return Task.CompletedTask;
    }

    private static Task SkillsAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        var skills = session.Desk.Settings.Skills.All;
        session.Print(skills.IsEmpty
            ? "There are no skills.\n"
            : string.Concat(skills.Select(s => $"  ${PlainText.Of(s.Name)}  {CellWidth.Clip(PlainText.Of(s.Description).ReplaceLineEndings(" "), 100)}\n")));
        return Task.CompletedTask;
    }

    private static Task McpAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        var (servers, problems) = McpServerReader.Read(session.Desk.Settings.Merged);
        session.Print(PlainText.Of(McpServerText.List(servers).TrimEnd('\n') + "\n" + string.Concat(problems.Select(p => $"{p}\n"))));
        return Task.CompletedTask;
    }

    private static Task RememberAsync(InteractiveSession session, string fact, CancellationToken cancellation)
    {
        session.PrintLine(Said(new MemoryFile(session.Desk.Settings.CodexHome).Add(fact)));
        return Task.CompletedTask;
    }

    private static Task ForgetAsync(InteractiveSession session, string query, CancellationToken cancellation)
    {
        session.PrintLine(Said(new MemoryFile(session.Desk.Settings.CodexHome).Drop(query)));
        return Task.CompletedTask;
    }

    private static string Said(MemoryChange change) => change switch
    {
        MemoryChange.Added added => $"Remembered from the next conversation on: {PlainText.Of(added.Fact)}",
        MemoryChange.Dropped dropped => $"Forgotten: {PlainText.Of(dropped.Fact)}",
        MemoryChange.Refused refused => PlainText.Of(refused.Reason),
        _ => throw new NotSupportedException(change.GetType().Name),
    };
}
