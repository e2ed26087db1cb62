using Codex.Agent.Conversation;
using Codex.Agent.Models;
using Codex.Agent.Tools;
using Codex.Agent.Tools.EditFile;
using Codex.Agent.Tools.GrepFiles;
using Codex.Agent.Tools.ListDir;
using Codex.Agent.Tools.ReadFile;
using Codex.Agent.Tools.UpdatePlan;
using Codex.Agent.Tools.WriteFile;

namespace Codex.Agent.Tests.Tools;

public sealed class ToolBudgetTests
{
    /// <summary>Every request carries them, and a small window has to hold the work too.</summary>
    [Fact]
    public void The_tools_of_a_small_model_take_few_tokens()
    {
        using var bench = new CommandBench(new ToolBench());
        ITool[] tools = [bench.Shell, new ReadFileTool(), new ListDirTool(), new GrepFilesTool(), new EditFileTool(), new WriteFileTool(), new UpdatePlanTool()];

        var tokens = new RequestBody(new ModelProfile("small", 8192), [.. tools.Select(t => t.Spec)], "thread").ToolTokens;

        tokens.ShouldBeLessThanOrEqualTo(1500);
    }
}
