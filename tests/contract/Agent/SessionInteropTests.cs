using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Sandbox;
using Codex.Agent.Sessions;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent;

/// <summary>Sessions that begin in one program and go on in the other: ours, and the real Codex.</summary>
public sealed class SessionInteropTests(NodePackages packages) : IClassFixture<NodePackages>, IDisposable
{
    private const string ThreadId = "01a1f000-0000-7000-8000-000000000001";

    private readonly CodexHome _home = new();

    [SkippableTheory]
    [InlineData("0.169.0", false)]
    [InlineData("0.169.0", true)]
    [InlineData("0.131.0", false)]
    [InlineData("0.128.0", false)]
    public async Task A_session_of_ours_is_resumed_by_Codex(string version, bool last)
    {
        packages.Require();
        await using var model = await ScriptedResponses.StartAsync();
        var recorder = RolloutRecorder.Begin(_home.State, Head(ThreadId), TimeProvider.System, Fail);
        var ours = Play(recorder, "first question", "first answer");
        model.Answer(ScriptedResponses.Message("second answer"));

        var outcome = await ResumeAsync(version, model, last ? null : ThreadId, "second question");

        outcome.Messages.ShouldBe(["second answer"], outcome.Report());
        model.Inputs.Count.ShouldBe(1);
        ShouldHold(model.Inputs[0], ours);
        Usage(outcome).ShouldBe((1100, 120), outcome.Report());
        var session = Read(recorder.FilePath);
        session.ToThread().Items.Take(ours.Count).Select(Json).ShouldBe(ours.Select(Json));
        session.ToThread().Items.OfType<HistoryItem.Message>().Select(m => m.Text).TakeLast(2).ShouldBe(["second question", "second answer"]);
        session.Total.Total.ShouldBe(1220);
    }

    [SkippableFact]
    public async Task A_compacted_session_of_ours_is_resumed_with_the_summary_alone()
    {
        packages.Require();
        await using var model = await ScriptedResponses.StartAsync();
        var recorder = RolloutRecorder.Begin(_home.State, Head(ThreadId), TimeProvider.System, Fail);
        Play(recorder, "first question", "first answer");
        recorder.Compacted("the summary", [HistoryItem.NewMessage("user", "first question"), HistoryItem.NewMessage("user", Compaction.Mark + "\nthe summary")]);
        model.Answer(ScriptedResponses.Message("second answer"));

        var outcome = await ResumeAsync("0.169.0", model, ThreadId, "second question");

        outcome.Messages.ShouldBe(["second answer"], outcome.Report());
        var texts = model.Inputs[0].Select(i => i.GetRawText()).ToList();
        texts.ShouldContain(t => t.Contains("the summary", StringComparison.Ordinal));
        texts.ShouldNotContain(t => t.Contains("first answer", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_fork_of_ours_is_resumed_by_Codex_with_all_that_was_said_before()
    {
        packages.Require();
        await using var model = await ScriptedResponses.StartAsync();
        var parent = RolloutRecorder.Begin(_home.State, Head(ThreadId), TimeProvider.System, Fail);
        var ours = Play(parent, "first question", "first answer");
        const string forkId = "01a1f000-0000-7000-8000-000000000002";
        var fork = RolloutRecorder.Fork(Read(parent.FilePath), _home.State, Head(forkId) with { ForkedFrom = ThreadId }, TimeProvider.System, Fail);
        ours.AddRange(Play(fork, "forked question", "forked answer"));
        model.Answer(ScriptedResponses.Message("second answer"));

        var outcome = await ResumeAsync("0.169.0", model, forkId, "second question");

        outcome.Messages.ShouldBe(["second answer"], outcome.Report());
        ShouldHold(model.Inputs[0], ours);
    }

    [SkippableFact]
    public async Task A_session_of_Codex_is_read_item_by_item_and_goes_back_after_a_turn_of_ours()
    {
        packages.Require();
        await using var model = await ScriptedResponses.StartAsync();
        model.Answer(ScriptedResponses.Call("call_1", "echo remembered"));
        model.Answer("""{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"thinking"}],"encrypted_content":"secret"}""", ScriptedResponses.Message("First answer."));
        (await Run("0.169.0", model, "First question.").InAsync(_home, packages)).ShouldSucceed();

        var entry = new SessionFinder(_home.State).Last(_home.Work).ShouldBeOfType<SessionSearch.Found>().Entry;
        var session = new SessionFinder(_home.State).Read(entry).ShouldBeOfType<SessionRead.Whole>().Session;
        session.UnreadableLines.ShouldBe(0);
        session.Total.ShouldBe(new TokenUsage(200, 0, 40, 0));
        session.Items.OfType<HistoryItem.Output>().Count().ShouldBe(1);
        var recorder = RolloutRecorder.Continue(session, TimeProvider.System, Fail);
        var ours = Play(recorder, "our question", "our answer");

        model.Answer(ScriptedResponses.Message("Third answer."));
        var outcome = await ResumeAsync("0.169.0", model, session.Head.ThreadId, "Third question.");

        outcome.Messages.ShouldBe(["Third answer."], outcome.Report());
        // The base instructions are in the first line of the file, not among the items.
        var sent = model.Inputs[2].Skip(1).ToList();
        ShouldHold(sent, [.. session.Items, .. ours]);
        session.Items.Zip(sent).ShouldAllBe(pair => Same(pair.First, pair.Second));
    }

    public void Dispose() => _home.Dispose();

    private static void Fail(string warning) => throw new InvalidOperationException(warning);

    private RolloutHead Head(string id) => new(id, TimeProvider.System.GetUtcNow(), _home.Work, "codex_exec", "0.1.0", "exec", "gateway");

    /// <summary>One turn with a call, as the loop records it.</summary>
    private List<HistoryItem> Play(RolloutRecorder recorder, string question, string answer)
    {
        var turnId = Guid.CreateVersion7().ToString();
        var call = FunctionCallItem.Create("call_" + question.Length, "exec_command", """{"cmd":"ls"}""");
        var output = ToolOutputItem.Create(new(call.CallId, call.Name), Codex.Agent.Tools.ToolResult.Text("a.txt\n"));
        List<HistoryItem> items = [HistoryItem.NewMessage("user", question), call, output, HistoryItem.NewMessage("assistant", answer)];
        recorder.TurnStarted(new TurnFacts(turnId, _home.Work, "scripted", "low", "untrusted", new SandboxPolicy(SandboxMode.WorkspaceWrite, [_home.Work], AllowsNetwork: false), 8192));
        recorder.UserMessage(question);
        foreach (var item in items)
            recorder.Item(item);
        recorder.AgentMessage(answer);
        recorder.Tokens(new TokenUsage(1000, 0, 100, 0), new TokenUsage(1000, 0, 100, 0), 8192);
        recorder.TurnEnded(turnId, answer, TimeSpan.FromSeconds(1));
        return items;
    }

    private CodexRun Run(string version, ScriptedResponses model, string prompt) =>
        new() { Release = CodexRelease.Of(version), BaseUrl = model.BaseUrl, Model = "scripted", Prompt = prompt };

    private async Task<CodexOutcome> ResumeAsync(string version, ScriptedResponses model, string? id, string prompt) =>
        (await (Run(version, model, prompt) with { ResumedId = id, Resume = true }).InAsync(_home, packages)).ShouldSucceed();

    private StoredSession Read(string path) => RolloutReader.Read(path, _ => null).ShouldBeOfType<SessionRead.Whole>().Session;

    /// <summary>All of these items, in this order, with others around them.</summary>
    private static void ShouldHold(IEnumerable<JsonElement> sent, IEnumerable<HistoryItem> items)
    {
        var rest = sent.ToList();
        foreach (var item in items)
        {
            var at = rest.FindIndex(other => Same(item, other));
            at.ShouldBeGreaterThanOrEqualTo(0, Json(item) + "\nis missing among\n" + string.Join('\n', rest.Select(r => r.GetRawText())));
            rest.RemoveRange(0, at + 1);
        }
    }

    private static bool Same(HistoryItem item, JsonElement other)
    {
        using var document = JsonDocument.Parse(item.Json);
        return JsonElement.DeepEquals(document.RootElement, other);
    }

    private static string Json(HistoryItem item) => System.Text.Encoding.UTF8.GetString(item.Json.Span);

    private static (long Input, long Output) Usage(CodexOutcome outcome)
    {
        var usage = outcome.Events.Single(e => e.GetProperty("type").GetString() == "turn.completed").GetProperty("usage");
        return (usage.GetProperty("input_tokens").GetInt64(), usage.GetProperty("output_tokens").GetInt64());
    }
}
