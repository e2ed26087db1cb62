using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Events;
using Codex.Agent.Sandbox;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Edits;

/// <summary>A working directory that edits may write, and what they told.</summary>
internal sealed class EditSurroundings : IDisposable
{
    private int _items;

    public EditSurroundings(ApprovalPolicy policy = ApprovalPolicy.Never, ApprovalAnswer? answer = null)
    {
        Work = Directory.CreateDirectory(Root["work"]).FullName;
        Context = new ToolContext
        {
            ThreadId = "t",
            WorkingDirectory = Work,
            Sandbox = new SandboxPolicy(SandboxMode.WorkspaceWrite, [Work], AllowsNetwork: false),
            Approvals = new ApprovalGate(policy, answer is { } given ? Ask(given) : null),
            Environment = ImmutableSortedDictionary<string, string>.Empty,
            OutputLimit = 1000,
            OutputDirectory = Root.Path,
            Time = TimeProvider.System,
            Emit = Events.Add,
            NextItemId = () => $"item_{_items++}",
        };
    }

    public TemporaryDirectory Root { get; } = new();

    public string Work { get; }

    public ToolContext Context { get; }

    public List<AgentEvent> Events { get; } = [];

    public List<ApprovalRequest> Asked { get; } = [];

    public async Task<(string Text, bool IsSuccess)> RunAsync(ITool tool, string arguments, bool isFreeForm = false)
    {
        using var document = JsonDocument.Parse(arguments);
        var result = await tool.RunAsync(new ToolCall("c", tool.Spec.Name, isFreeForm), document.RootElement, Context, CancellationToken.None);
        return (string.Concat(result.Content.OfType<ToolContent.Text>().Select(t => t.Value)), result.IsSuccess);
    }

    public void Dispose() => Root.Dispose();

    private Func<ApprovalRequest, CancellationToken, Task<ApprovalAnswer>> Ask(ApprovalAnswer answer) => (request, _) =>
    {
        Asked.Add(request);
        return Task.FromResult(answer);
    };
}
