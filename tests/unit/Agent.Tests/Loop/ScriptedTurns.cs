using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Client;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Loop;
using Codex.Agent.Models;
using Codex.Agent.Sandbox;
using Codex.Agent.Sessions;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Loop;

/// <summary>A thread with a scripted model and echoing tools.</summary>
public abstract class ScriptedTurns
{
    private protected ScriptedModel Model { get; } = new();

    private protected ApprovalGate Approvals { get; set; } = new(ApprovalPolicy.Never, ask: null);

    private protected ModelProfile Profile { get; set; } = new("m", 32_000);

    private protected async Task<List<AgentEvent>> RunAsync(string prompt, params ITool[] tools)
    {
        var thread = Thread(tools.Length > 0 ? tools : [new EchoTool("echo", isParallelSafe: false)]);
        var events = new List<AgentEvent>();
        await foreach (var e in thread.RunTurnAsync(new UserInput(prompt), CancellationToken.None))
            events.Add(e);
        return events;
    }

    private protected AgentThread Thread(params ITool[] tools) => Thread(Profile, tools);

    private protected AgentThread Thread(ModelProfile model, params ITool[] tools)
    {
        var box = new ToolBox(tools);
        var endpoint = new ModelEndpoint(new Uri("http://127.0.0.1:9/v1"), "test");
        var requests = new RequestBody(model, box.Specs, "thread");
        var conversation = new AgentConversation([HistoryItem.NewMessage("developer", "Be good.")], requests.ToolTokens);
        var item = 0;
        return new AgentThread(new ThreadSetup(
            "thread",
            model,
            new ResponsesClient(new HttpMessageInvoker(Model, disposeHandler: false), endpoint, TimeProvider.System),
            new RequestIdentity("thread", "codex_exec", "1"),
            conversation,
            requests,
            box,
            emit => new ToolContext
            {
                ThreadId = "thread",
                WorkingDirectory = "/",
                Sandbox = SandboxPolicy.ReadOnly,
                Approvals = Approvals,
                Environment = ImmutableSortedDictionary<string, string>.Empty,
                OutputLimit = 1000,
                OutputDirectory = "/",
                Time = TimeProvider.System,
                Emit = emit,
                NextItemId = () => $"item_{item++}",
            },
            new NoRecorder(),
            TimeProvider.System)
        {
            ApprovalPolicy = "never",
            Sandbox = SandboxPolicy.ReadOnly,
        });
    }

    private protected static List<string> Outputs(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.GetProperty("input").EnumerateArray()
            .Where(i => i.GetProperty("type").GetString() == "function_call_output")
            .Select(i => $"{i.GetProperty("call_id").GetString()} {Text(i.GetProperty("output"))}")];
    }

    private protected static string Text(JsonElement output) => output.ValueKind == JsonValueKind.String
        ? output.GetString()!
        : string.Concat(output.EnumerateArray().Select(p => p.GetProperty("text").GetString()));
}
