using System.Collections.Immutable;
using Codex.Agent.Approvals;
using Codex.Agent.Events;
using Codex.Agent.Sandbox;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Tools;

/// <summary>A directory of its own in which a tool is called as the loop would call it.</summary>
internal sealed class ToolBench : IDisposable
{
    private readonly List<AgentEvent> _events = [];
    private int _items;
    private ToolContext? _context;

    public string Directory { get; } = Path.Combine(System.IO.Directory.CreateTempSubdirectory("tools").FullName, "work");

    public ApprovalPolicy Policy { get; init; } = ApprovalPolicy.Never;

    public Func<ApprovalRequest, CancellationToken, Task<ApprovalAnswer>>? Ask { get; init; }

    public SandboxPolicy Sandbox { get; init; } = SandboxPolicy.FullAccess;

    public int OutputLimit { get; set; } = 10_000;

    public string OutputDirectory => Path.Combine(Path.GetDirectoryName(Directory)!, "outputs");

    public IReadOnlyList<AgentEvent> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    public ToolBench() => System.IO.Directory.CreateDirectory(Directory);

    /// <summary>Writes a file, and the directories above it.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Directory, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>One turn: what is called in it shares a context.</summary>
    public void NextTurn()
    {
        _context?.End();
        _context = null;
    }

    public async Task<ToolResult> CallAsync(ITool tool, string arguments, string callId = "call_1", CancellationToken cancellation = default)
    {
        var fit = Codex.Agent.Repair.CallArguments.Read(arguments, tool.Spec.Parameters).ShouldBeOfType<Codex.Agent.Repair.CallArguments.Fit>();
        return await tool.RunAsync(new ToolCall(callId, tool.Spec.Name), fit.Value, _context ??= NewContext(), cancellation);
    }

    /// <summary>The text of a result, with the directory written as <c>DIR</c>.</summary>
    public async Task<string> TextAsync(ITool tool, string arguments) => Text(await CallAsync(tool, arguments));

    public string Text(ToolResult result) =>
        string.Concat(result.Content.Select(c => c is ToolContent.Text text ? text.Value : "[image]")).Replace(Directory, "DIR", StringComparison.Ordinal);

    public void Dispose() => System.IO.Directory.Delete(Path.GetDirectoryName(Directory)!, recursive: true);

    private ToolContext NewContext() => new()
    {
        ThreadId = "thread",
        WorkingDirectory = Directory,
        Sandbox = Sandbox,
        Approvals = new ApprovalGate(Policy, Ask),
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/local/bin:/usr/bin:/bin").Add("HOME", Directory),
        OutputLimit = OutputLimit,
        OutputDirectory = OutputDirectory,
        Time = TimeProvider.System,
        Emit = e =>
        {
            lock (_events)
                _events.Add(e);
        },
        NextItemId = () => $"item_{Interlocked.Increment(ref _items) - 1}",
    };
}
