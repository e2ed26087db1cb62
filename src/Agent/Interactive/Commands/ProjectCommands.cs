using System.Collections.Immutable;
using Codex.Agent.Interactive.Screen;
using Codex.Agent.Mcp;
using Codex.Agent.Memory;
using Codex.Agent.Processes;
using Codex.Agent.Projects;
using Codex.Agent.Prompts;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Interactive.Commands;

/// <summary>Commands about the project and what the model is told of it.</summary>
internal static class ProjectCommands
{
    private const string Instructions = "AGENTS.md";

    /// <summary>Changes of known files, then the names of new ones.</summary>
    private const string Changes = "git --no-pager diff --no-ext-diff --no-textconv --no-color && git ls-files --others --exclude-standard | sed 's/^/new: /'";

    public static readonly ImmutableArray<SlashCommand> All =
    [
        new("init", "", "Have the model write AGENTS.md for this project.", WhileWorking: false, InitAsync),
        new("diff", "", "Show what changed in the git work tree.", WhileWorking: false, DiffAsync),
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

    private static async Task DiffAsync(InteractiveSession session, string arguments, CancellationToken cancellation)
    {
        var (desk, settings) = (session.Desk, session.Desk.Settings);
        if (GitRepository.FindRoot(settings.WorkingDirectory) is null)
        {
            session.PrintLine("This directory is in no git repository.");
            return;
        }

        var outcome = await new CommandRunner(desk.Time).RunAsync(
            new CommandRequest
            {
                Words = UserShell.Words(UserShell.Find(settings.CommandEnvironment), Changes, login: false),
                Directory = settings.WorkingDirectory,
                Environment = settings.CommandEnvironment,
                // Git runs what the project configures; showing must change nothing.
                Sandbox = settings.Sandbox.Mode == SandboxMode.FullAccess ? settings.Sandbox : SandboxPolicy.ReadOnly,
                Timeout = TimeSpan.FromSeconds(30),
            },
            cancellation);
        session.Print(outcome switch
        {
            CommandOutcome.Completed { ExitCode: 0, Output: { Length: > 0 } changes } => session.Conversation.Diff(changes),
            CommandOutcome.Completed { ExitCode: 0 } => "Nothing has changed.\n",
            CommandOutcome.Completed failed => $"git failed: {PlainText.Of(failed.Output.TrimEnd())}\n",
            CommandOutcome.Refused refused => $"{PlainText.Of(refused.Reason)}\n",
            CommandOutcome.NotStarted notStarted => $"{PlainText.Of(notStarted.Reason)}\n",
            _ => throw new NotSupportedException(outcome.GetType().Name),
        });
    }

    private static Task MentionAsync(InteractiveSession session, string path, CancellationToken cancellation)
    {
        var whole = Path.GetFullPath(path, session.Desk.Settings.WorkingDirectory);
        if (path.Length == 0)
            session.PrintLine("Name a file: /mention FILE.");
        else if (!File.Exists(whole) && !Directory.Exists(whole))
            session.PrintLine($"There is no {PlainText.Of(whole)}.");
        else
            session.Composer.Replace($"{Path.GetRelativePath(session.Desk.Settings.WorkingDirectory, whole)} ");
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
