using System.Collections.Immutable;
using Codex.Agent.Approvals;
using Codex.Agent.Approvals.Rules;
using Codex.Agent.Configuration;
using Codex.Agent.Models;
using Codex.Agent.Processes;
using Codex.Agent.Tools;
using Codex.Agent.Tools.ApplyPatch;
using Codex.Agent.Tools.Commands;
using Codex.Agent.Tools.EditFile;
using Codex.Agent.Tools.ExecCommand;
using Codex.Agent.Tools.GrepFiles;
using Codex.Agent.Tools.ListDir;
using Codex.Agent.Tools.ReadFile;
using Codex.Agent.Tools.Shell;
using Codex.Agent.Tools.UpdatePlan;
using Codex.Agent.Tools.ViewImage;
using Codex.Agent.Tools.WriteFile;
using Codex.Agent.Tools.WriteStdin;

namespace Codex.Agent.Threads;

/// <summary>The program's own tools for one thread, with the commands they keep running.</summary>
internal sealed class BuiltInTools : IDisposable
{
    public const string RulesFolder = "rules";

    private readonly ProcessSessions _sessions;
    private readonly BackgroundCommands _background;

    private BuiltInTools(ProcessSessions sessions, BackgroundCommands background, ImmutableArray<ITool> tools)
    {
        _sessions = sessions;
        _background = background;
        Tools = tools;
    }

    public ImmutableArray<ITool> Tools { get; }

    /// <param name="version">Of this program; commands find it in their environment.</param>
    /// <returns>The tools, or why they cannot be offered: rules with a fault might forbid what would then be run.</returns>
    public static (BuiltInTools? Tools, string? Problem) For(AgentSettings settings, ModelProfile model, string version, Random random, TimeProvider time)
    {
        var (rules, faults) = RuleFiles.ReadDirectories(settings.ConfigurationDirectories.Select(d => Path.Combine(d, RulesFolder)));
        var (required, requiredFaults) = RequirementRules.Read(settings.Requirements.PrefixRules, "requirements.toml");
        if (faults.Concat(requiredFaults).ToList() is { Count: > 0 } wrong)
            return (null, string.Join('\n', wrong) + "\nCorrect or remove the rule; codex-agent execpolicy check --rules FILE tells when it can be read.");
        var gate = new CommandGate(
            rules.WithRequirements(required), new AllowRuleWriter(Path.Combine(settings.CodexHome, RulesFolder, "default.rules"), time));
        var desk = new CommandDesk(gate, UserShell.Find(settings.CommandEnvironment), settings.AllowsLoginShell, version);
        var sessions = new ProcessSessions(time, random);
        var background = new BackgroundCommands(sessions, random);
        return (new BuiltInTools(sessions, background, [.. Commands(settings, desk, background, model, time), .. Files(settings, model)]), null);
    }

    /// <summary>The other ways to edit, for a model that knows them better than what it is offered.</summary>
    public ImmutableArray<ITool> Understood { get; } = [new ApplyPatchTool(), new EditFileTool()];

    /// <summary>A turn begins.</summary>
    public void TellTo(ToolContext turn) => _background.TellTo(turn);

    public void Dispose() => _sessions.Dispose();

    /// <summary>A small model does one command after the other; sessions only confuse it.</summary>
    private static IEnumerable<ITool> Commands(AgentSettings settings, CommandDesk desk, BackgroundCommands background, ModelProfile model, TimeProvider time)
    {
        if (!settings.Features.HasCommands)
            return [];
        var canEscalate = settings.Approval != ApprovalPolicy.Never;
        return model.Prompt == PromptSize.Mini || !settings.Features.HasSessions
            ? [new ShellTool(desk, new CommandRunner(time), canEscalate)]
            : [new ExecCommandTool(desk, background, canEscalate), new WriteStdinTool(background, settings.LongestLook)];
    }

    private static IEnumerable<ITool> Files(AgentSettings settings, ModelProfile model)
    {
        yield return new ReadFileTool();
        yield return new ListDirTool();
        yield return new GrepFilesTool();
        // One way to edit each: what is offered twice is chosen wrongly.
        if (model.Edits != EditStyle.Whole)
            yield return model.Edits == EditStyle.Patch ? new ApplyPatchTool() : new EditFileTool();
        yield return new WriteFileTool();
        if (settings.OffersPlan)
            yield return new UpdatePlanTool();
        if (model.TakesImages)
            yield return new ViewImageTool(takesImages: true);
    }
}
