using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Codex.Agent.Conversation;
using Codex.Agent.Events;
using Codex.Agent.Projects;
using Codex.Agent.Sandbox;
using Codex.Agent.Sessions;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Sessions;

public sealed class RolloutRecorderTests : IDisposable
{
    private const string ThreadId = "01a1f000-0000-7000-8000-000000000001";

    private readonly TemporaryDirectory _home = new();
    private readonly List<string> _warnings = [];

    private static RolloutHead Head => new(ThreadId, FixedTime.LateEvening.GetUtcNow(), "/home/me/project", "codex_exec", "0.1.0", "exec", "local");

    private static TurnFacts Turn => new(
        "turn-1", "/home/me/project", "qwen", "low", "never", new SandboxPolicy(SandboxMode.WorkspaceWrite, ["/home/me/project"], AllowsNetwork: false), 8192);

    [Fact]
    public void Nothing_is_written_before_the_first_turn()
    {
        var recorder = Begin();

        Directory.EnumerateFileSystemEntries(_home.Path).ShouldBeEmpty();
        recorder.FilePath.ShouldBe(_home["sessions/2026/11/21/rollout-2026-11-21T01-30-15-" + ThreadId + ".jsonl"]);
    }

    [Fact]
    public void A_turn_is_written_line_by_line()
    {
        var recorder = Begin();
        PlayTurn(recorder);

        File.ReadAllText(recorder.FilePath).ShouldBe("""
            {"timestamp":"2026-11-20T23:30:15.250Z","type":"session_meta","payload":{"session_id":"ID","id":"ID","timestamp":"2026-11-20T23:30:15.250Z","cwd":"/home/me/project","originator":"codex_exec","cli_version":"0.1.0","source":"exec","model_provider":"local"}}
            {"timestamp":"2026-11-20T23:30:15.250Z","type":"event_msg","payload":{"type":"task_started","turn_id":"turn-1","model_context_window":8192}}
            {"timestamp":"2026-11-20T23:30:15.250Z","type":"turn_context","payload":{"turn_id":"turn-1","cwd":"/home/me/project","approval_policy":"never","sandbox_policy":{"type":"workspace-write","writable_roots":["/home/me/project"],"network_access":false,"exclude_tmpdir_env_var":true,"exclude_slash_tmp":true},"model":"qwen","effort":"low","summary":"auto"}}
            {"timestamp":"2026-11-20T23:30:15.250Z","type":"event_msg","payload":{"type":"user_message","message":"Grüße & <b>"}}
            {"timestamp":"2026-11-20T23:30:15.250Z","type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"Grüße & <b>"}]}}
            {"timestamp":"2026-11-20T23:30:15.250Z","type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Done."}]}}
            {"timestamp":"2026-11-20T23:30:15.250Z","type":"event_msg","payload":{"type":"agent_message","message":"Done."}}
            {"timestamp":"2026-11-20T23:30:15.250Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":100,"cached_input_tokens":10,"output_tokens":20,"reasoning_output_tokens":5,"total_tokens":120},"last_token_usage":{"input_tokens":100,"cached_input_tokens":10,"output_tokens":20,"reasoning_output_tokens":5,"total_tokens":120},"model_context_window":8192},"rate_limits":null}}
            {"timestamp":"2026-11-20T23:30:15.250Z","type":"event_msg","payload":{"type":"task_complete","turn_id":"turn-1","last_agent_message":"Done.","duration_ms":1500}}

            """.Replace("ID", ThreadId, StringComparison.Ordinal).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Lines_of_two_programs_stand_one_behind_the_other()
    {
        var path = _home["sessions/shared.jsonl"];
        var lines = Enumerable.Range(0, 4).Select(writer => Encoding.UTF8.GetBytes(new string((char)('a' + writer), 300 * (writer + 1)))).ToList();
        using var start = new Barrier(lines.Count);

        var writers = lines.ConvertAll(line => new Thread(() =>
        {
            start.SignalAndWait();
            for (var n = 0; n < 200; n++)
                LineFile.Append(path, line);
        }));
        writers.ForEach(w => w.Start());
        writers.ForEach(w => w.Join());

        File.ReadAllLines(path).GroupBy(l => l).Select(g => (g.Key.Length, g.Count())).Order().ShouldBe([(300, 200), (600, 200), (900, 200), (1200, 200)]);
    }

    [Fact]
    public void The_head_tells_where_the_work_tree_stood()
    {
        var recorder = RolloutRecorder.Begin(_home.Path, Head with { Git = new GitFacts("0123", "main", "https://example.com/x.git") }, FixedTime.LateEvening, _warnings.Add);
        recorder.UserMessage("hi");

        File.ReadLines(recorder.FilePath).First().ShouldEndWith(
            ",\"git\":{\"commit_hash\":\"0123\",\"branch\":\"main\",\"repository_url\":\"https://example.com/x.git\"}}}");
    }

    [SkippableFact]
    public void Only_the_user_can_read_a_session()
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because Windows has no modes");
        var recorder = Begin();
        PlayTurn(recorder);

#pragma warning disable CA1416 // Skipped above.
        File.GetUnixFileMode(recorder.FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.GetDirectoryName(recorder.FilePath)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
    }

    [Fact]
    public void What_was_written_is_read_back_and_goes_on_in_the_same_file()
    {
        var recorder = Begin();
        PlayTurn(recorder);
        recorder.Compacted("so far", [HistoryItem.NewMessage("user", "kept")]);
        var before = File.ReadAllText(recorder.FilePath);

        var session = Read(recorder.FilePath);
        var next = RolloutRecorder.Continue(session, FixedTime.LateEvening, _warnings.Add);
        next.Item(HistoryItem.NewMessage("user", "more"));

        session.Total.ShouldBe(new TokenUsage(100, 10, 20, 5));
        next.FilePath.ShouldBe(recorder.FilePath);
        File.ReadAllText(recorder.FilePath).ShouldStartWith(before);
        Texts(Read(recorder.FilePath)).ShouldBe(["kept", "more"]);
    }

    [Fact]
    public void Half_a_line_of_a_killed_run_spoils_no_other_line()
    {
        var recorder = Begin();
        PlayTurn(recorder);
        File.AppendAllText(recorder.FilePath, """{"timestamp":"2026-11-20T23:30:15.250Z","type":"response_it""");

        RolloutRecorder.Continue(Read(recorder.FilePath), FixedTime.LateEvening, _warnings.Add).Item(HistoryItem.NewMessage("user", "more"));

        var session = Read(recorder.FilePath);
        Texts(session).ShouldBe(["Grüße & <b>", "Done.", "more"]);
        session.UnreadableLines.ShouldBe(1);
    }

    [Fact]
    public void A_file_with_numbered_lines_gets_numbered_lines()
    {
        var path = _home.Write("sessions/rollout-2026-11-20T10-00-00-" + ThreadId + ".jsonl", $$$"""
            {"timestamp":"2026-11-20T10:00:00.000Z","ordinal":0,"type":"session_meta","payload":{"id":"{{{ThreadId}}}","timestamp":"2026-11-20T10:00:00.000Z","cwd":"/x","originator":"codex_exec","cli_version":"0.169.0","source":"exec","model_provider":"local","history_mode":"paginated"}}
            {"timestamp":"2026-11-20T10:00:00.000Z","ordinal":1,"type":"event_msg","payload":{"type":"task_started","turn_id":"t"}}

            """);

        PlayTurn(RolloutRecorder.Continue(Read(path), FixedTime.LateEvening, _warnings.Add));

        var lines = File.ReadAllLines(path).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        lines.Select(l => l.GetProperty("ordinal").GetInt64()).ShouldBe(Enumerable.Range(0, lines.Count).Select(i => (long)i));
        var said = lines.Select(l => l.GetProperty("payload")).Where(p => p.TryGetProperty("item", out _)).ToList();
        said.Select(p => p.GetProperty("item").GetProperty("type").GetString()).ShouldBe(["UserMessage", "AgentMessage"]);
        said.Select(p => p.GetProperty("turn_id").GetString()).ShouldAllBe(id => id == "turn-1");
    }

    [Fact]
    public void A_fork_begins_with_all_that_was_said_and_leaves_the_other_file_alone()
    {
        var recorder = Begin();
        PlayTurn(recorder);
        var before = File.ReadAllBytes(recorder.FilePath);
        const string forkId = "01a1f000-0000-7000-8000-000000000002";

        var fork = RolloutRecorder.Fork(Read(recorder.FilePath), _home.Path, Head with { ThreadId = forkId, ForkedFrom = ThreadId }, FixedTime.LateEvening, _warnings.Add);
        File.Exists(fork.FilePath).ShouldBeFalse();
        fork.Item(HistoryItem.NewMessage("user", "elsewhere"));

        var session = Read(fork.FilePath);
        session.Head.ThreadId.ShouldBe(forkId);
        session.Head.ForkedFrom.ShouldBe(ThreadId);
        session.Total.ShouldBe(new TokenUsage(100, 10, 20, 5));
        Texts(session).ShouldBe(["Grüße & <b>", "Done.", "elsewhere"]);
        File.ReadAllBytes(recorder.FilePath).ShouldBe(before);
    }

    [Fact]
    public void A_fork_is_on_disk_once_it_is_open_and_a_new_thread_only_once_something_was_said()
    {
        var recorder = Begin();
        recorder.Opened();
        File.Exists(recorder.FilePath).ShouldBeFalse();
        PlayTurn(recorder);

        var fork = RolloutRecorder.Fork(
            Read(recorder.FilePath), _home.Path, Head with { ThreadId = "01a1f000-0000-7000-8000-000000000002", ForkedFrom = ThreadId }, FixedTime.LateEvening, _warnings.Add);
        fork.Opened();
        var lines = File.ReadAllLines(fork.FilePath).Length;
        Texts(Read(fork.FilePath)).ShouldBe(["Grüße & <b>", "Done."]);

        fork.Item(HistoryItem.NewMessage("user", "elsewhere"));
        File.ReadAllLines(fork.FilePath).Length.ShouldBe(lines + 1);
    }

    [Fact]
    public void An_item_that_came_on_several_lines_is_written_on_one()
    {
        var recorder = Begin();
        using var json = JsonDocument.Parse("{\"type\":\"message\",\n\"role\":\"user\",\r\n\"content\":[{\"type\":\"input_text\",\"text\":\"a\\nb\"}]}");
        recorder.Item(HistoryItemReader.Read(json.RootElement)!);

        File.ReadAllLines(recorder.FilePath).Length.ShouldBe(2);
        Texts(Read(recorder.FilePath)).ShouldBe(["a\nb"]);
    }

    [Fact]
    public void A_session_that_cannot_be_kept_is_told_once_and_goes_on()
    {
        _home.Write("sessions", "a file where a directory should be");
        var recorder = Begin();

        PlayTurn(recorder);

        _warnings.Single().ShouldStartWith("This session is not kept from here on: ");
    }

    public void Dispose() => _home.Dispose();

    private RolloutRecorder Begin() => RolloutRecorder.Begin(_home.Path, Head, FixedTime.LateEvening, _warnings.Add);

    private static void PlayTurn(RolloutRecorder recorder)
    {
        recorder.TurnStarted(Turn);
        recorder.UserMessage("Grüße & <b>");
        recorder.Item(HistoryItem.NewMessage("user", "Grüße & <b>"));
        recorder.Item(HistoryItem.NewMessage("assistant", "Done."));
        recorder.AgentMessage("Done.");
        recorder.Tokens(new TokenUsage(100, 10, 20, 5), new TokenUsage(100, 10, 20, 5), 8192);
        recorder.TurnEnded("turn-1", "Done.", TimeSpan.FromSeconds(1.5));
    }

    private static StoredSession Read(string path) => RolloutReader.Read(path, _ => null).ShouldBeOfType<SessionRead.Whole>().Session;

    private static ImmutableArray<string> Texts(StoredSession session) => [.. session.Items.OfType<HistoryItem.Message>().Select(m => m.Text)];
}
