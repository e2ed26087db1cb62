using System.Text.RegularExpressions;
using Codex.Agent.Approvals;
using Codex.Agent.Approvals.Rules;
using Codex.Agent.Events;
using Codex.Agent.Processes;
using Codex.Agent.Tools;
using Codex.Agent.Tools.Commands;
using Codex.Agent.Tools.ExecCommand;
using Codex.Agent.Tools.Shell;
using Codex.Agent.Tools.WriteStdin;

namespace Codex.Agent.Tests.Tools;

/// <summary>The tools for commands with real processes behind them.</summary>
internal sealed partial class CommandBench : IDisposable
{
    private readonly ProcessSessions _sessions = new(TimeProvider.System, new Random(1));

    public CommandBench(ToolBench bench, string rules = "", bool canEscalate = true)
    {
        Bench = bench;
        var desk = new CommandDesk(
            new CommandGate(CommandRules.None.With(RuleFile.Read("test.rules", rules).File.ShouldNotBeNull()), RuleWriter()), "/bin/bash", allowsLogin: false, "0");
        var background = new BackgroundCommands(_sessions, new Random(1));
        Shell = new ShellTool(desk, new CommandRunner(TimeProvider.System), canEscalate);
        Exec = new ExecCommandTool(desk, background, canEscalate);
        Write = new WriteStdinTool(background, TimeSpan.FromMinutes(5));
    }

    public ToolBench Bench { get; }

    public string RulesFile => Path.Combine(Path.GetDirectoryName(Bench.Directory)!, "rules", "default.rules");

    public ShellTool Shell { get; }

    public ExecCommandTool Exec { get; }

    public WriteStdinTool Write { get; }

    /// <summary>What differs from run to run is written as <c>TIME</c>, <c>ID</c> and <c>SESSION</c>.</summary>
    public async Task<string> TextAsync(ITool tool, string arguments) => Steady(await Bench.TextAsync(tool, arguments));

    public string Steady(string text) => Session().Replace(Chunk().Replace(Time().Replace(text, "Wall time: TIME seconds"), "Chunk ID: ID"), "session ID SESSION");

    public static int SessionId(string text) => int.Parse(Regex.Match(text, @"session ID (\d+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The items of commands as they were told, deltas left out.</summary>
    public IEnumerable<string> Told() => Bench.Events.Select(e => e switch
    {
        AgentEvent.ItemStarted { Item: ThreadItem.CommandExecution item } => $"{item.Id} started: {item.Command}",
        AgentEvent.ItemCompleted { Item: ThreadItem.CommandExecution item } => $"{item.Id} {item.Status} {item.ExitCode}: {item.Output}",
        AgentEvent.ItemCompleted { Item: ThreadItem.FileChange item } => $"{item.Id} {item.Status}: {item.Changes.Length} files",
        AgentEvent.Trouble trouble => trouble.Message,
        _ => "",
    }).Where(t => t.Length > 0);

    public void Dispose()
    {
        _sessions.Dispose();
        Bench.Dispose();
    }

    private AllowRuleWriter RuleWriter() => new(RulesFile, TimeProvider.System);

    [GeneratedRegex(@"Wall time: [\d.]+ seconds", RegexOptions.None, 1000)]
    private static partial Regex Time();

    [GeneratedRegex("Chunk ID: [0-9a-f]{6}(?=\n)", RegexOptions.None, 1000)]
    private static partial Regex Chunk();

    [GeneratedRegex(@"session ID \d+", RegexOptions.None, 1000)]
    private static partial Regex Session();
}
