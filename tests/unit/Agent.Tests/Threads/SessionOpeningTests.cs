using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Configuration;
using Codex.Agent.Conversation;
using Codex.Agent.Tests.Edits;
using Codex.Agent.Tests.Sessions;
using Codex.Agent.Threads;

namespace Codex.Agent.Tests.Threads;

public sealed class SessionOpeningTests : IDisposable
{
    private const string OldId = "01a1f000-0000-7000-8000-000000000001";
    private const string NewId = "01a1f000-0000-7000-8000-000000000002";

    private readonly TemporaryDirectory _home = new();

    [Fact]
    public void A_new_thread_gets_a_file_of_its_own_once_something_is_said()
    {
        var session = Open(new ThreadChoice.New());

        (session.ThreadId, session.Resumed).ShouldBe((NewId, null));
        Files().ShouldBeEmpty();
        session.Recorder.Item(HistoryItem.NewMessage("user", "hi"));
        Files().Single().ShouldEndWith(NewId + ".jsonl");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("01a1f000-0000-7")]
    public void A_stored_thread_goes_on_under_its_id_in_its_file(string? id)
    {
        Store();

        var session = Open(new ThreadChoice.Stored(id, OfAllDirectories: false, IsFork: false));
        session.Recorder.Item(HistoryItem.NewMessage("user", "more"));

        (session.ThreadId, session.Resumed!.ThreadId, session.Resumed.Items.Length).ShouldBe((OldId, OldId, 1));
        File.ReadAllText(Files().Single()).ShouldContain("more");
    }

    [Fact]
    public void A_fork_has_its_own_id_and_file_and_knows_what_was_said()
    {
        Store();

        var session = Open(new ThreadChoice.Stored(OldId, OfAllDirectories: true, IsFork: true));
        session.Recorder.Item(HistoryItem.NewMessage("user", "more"));

        (session.ThreadId, session.Resumed!.ThreadId, session.Resumed.Items.Length).ShouldBe((NewId, NewId, 1));
        Files().Length.ShouldBe(2);
    }

    [Fact]
    public void An_ephemeral_thread_leaves_nothing_and_may_still_go_on_with_a_stored_one()
    {
        Store();
        var before = File.ReadAllText(Files().Single());

        var session = Open(new ThreadChoice.Stored(OldId, OfAllDirectories: true, IsFork: false), isEphemeral: true);
        session.Recorder.Item(HistoryItem.NewMessage("user", "more"));

        session.Resumed!.Items.Length.ShouldBe(1);
        File.ReadAllText(Files().Single()).ShouldBe(before);
    }

    [Fact]
    public void A_thread_that_is_not_there_is_said_so()
    {
        var (session, problem) = Opening().Open(new ThreadChoice.Stored(Id: null, OfAllDirectories: false, IsFork: false), NewId);

        session.ShouldBeNull();
        problem.ShouldBe($"No session was begun in {_home["work"]}. Use --last --all for one of any directory.");
    }

    public void Dispose() => _home.Dispose();

    private void Store() => Opening().Open(new ThreadChoice.New(), OldId).Session!.Recorder.Item(HistoryItem.NewMessage("user", "before"));

    private OpenedSession Open(ThreadChoice choice, bool isEphemeral = false) => Opening(isEphemeral).Open(choice, NewId).Session.ShouldNotBeNull();

    private SessionOpening Opening(bool isEphemeral = false)
    {
        Directory.CreateDirectory(_home["work"]);
        var settings = new AgentSettings
        {
            CodexHome = _home.Path,
            WorkingDirectory = _home["work"],
            ProjectRoot = _home["work"],
            CommandEnvironment = ImmutableSortedDictionary<string, string>.Empty,
            Merged = JsonElement.Parse("{}"),
        };
        return new SessionOpening(settings, "local", new ThreadRequest("codex_exec", "1", "exec") { IsEphemeral = isEphemeral }, FixedTime.LateEvening, warning => Assert.Fail(warning));
    }

    private string[] Files() => Directory.Exists(_home["sessions"]) ? Directory.GetFiles(_home["sessions"], "*.jsonl", SearchOption.AllDirectories) : [];
}
