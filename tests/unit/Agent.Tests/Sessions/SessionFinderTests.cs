using Codex.Agent.Sessions;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Sessions;

public sealed class SessionFinderTests : IDisposable
{
    private const string Old = "01a1f000-0000-7000-8000-000000000001";
    private const string New = "01a1f000-1111-7000-8000-000000000002";
    private const string Child = "01a1f000-2222-7000-8000-000000000003";
    private const string Archived = "01a1ffff-0000-7000-8000-000000000004";

    private readonly TemporaryDirectory _home = new();

    public SessionFinderTests()
    {
        Add("sessions/2026/11/20", Old, "/home/me/one", hour: 1);
        Add("sessions/2026/11/21", New, "/home/me/two/", hour: 3);
        Add("sessions/2026/11/21", Child, "/home/me/two", hour: 4, source: """{"subagent":"review"}""");
        Add("archived_sessions", Archived, "/home/me/one", hour: 5);
        _home.Write("sessions/2026/11/21/rollout-no-id.jsonl", "{}\n");
        SessionIndex.Name(_home.Path, Old, "first try", FixedTime.LateEvening);
        SessionIndex.Name(_home.Path, Old, "second name", FixedTime.LateEvening);
    }

    [Theory]
    [InlineData(Old, Old)]
    [InlineData("01A1F000-0000", Old)]
    [InlineData("01a1ff", Archived)]
    [InlineData("second name", Old)]
    [InlineData("first try", null)]
    [InlineData("01a1f000", null)]
    [InlineData("01a", null)]
    [InlineData("01a1f000-0000-7000-8000-000000000009", null)]
    public void A_session_is_found_by_id_by_a_beginning_that_only_it_has_and_by_its_last_name(string wanted, string? found) =>
        IdOf(Finder.Find(wanted)).ShouldBe(found);

    [Fact]
    public void A_beginning_that_fits_several_sessions_names_them() =>
        Finder.Find("01a1f000").ShouldBeOfType<SessionSearch.NotFound>().Message.ShouldBe($"'01a1f000' fits 3 sessions: {Child}, {New}, {Old}. Give more of the id.");

    [Theory]
    [InlineData("/home/me/one", Old)]
    [InlineData("/home/me/two", New)]
    [InlineData(null, New)]
    [InlineData("/elsewhere", null)]
    public void The_last_session_is_the_one_written_last_in_that_directory_that_the_user_began(string? directory, string? found) =>
        IdOf(Finder.Last(directory)).ShouldBe(found);

    [Fact]
    public void Archived_sessions_come_after_all_others() =>
        Finder.All().Select(e => e.ThreadId).ShouldBe([Child, New, Old, Archived]);

    [Fact]
    public void A_packed_session_is_found_and_said_to_be_unreadable()
    {
        const string packed = "01a1f333-0000-7000-8000-000000000005";
        _home.Write($"sessions/2026/11/22/rollout-2026-11-22T00-00-00-{packed}.jsonl.zst", "packed");

        var entry = Finder.Find(packed).ShouldBeOfType<SessionSearch.Found>().Entry;

        Finder.Read(entry).ShouldBeOfType<SessionRead.Unreadable>().Message.ShouldBe(
            $"{entry.FilePath} is compressed and cannot be read as it is. Unpack it with: zstd -d --rm '{entry.FilePath}'");
    }

    [Fact]
    public void Sessions_to_choose_from_are_those_of_the_user_in_which_something_was_said_each_with_its_first_words()
    {
        foreach (var (folder, id) in new[] { ("sessions/2026/11/20", Old), ("sessions/2026/11/21", New), ("sessions/2026/11/21", Child), ("archived_sessions", Archived) })
        {
            var path = _home[$"{folder}/rollout-2026-11-20T00-00-00-{id}.jsonl"];
            var written = File.GetLastWriteTimeUtc(path);
            foreach (var text in new[] { "<environment_context>here</environment_context>", $"ask {id[9..13]}", "and then" })
                File.AppendAllText(path, $$$"""{"type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"{{{text}}}"}]}}""" + "\n");
            File.SetLastWriteTimeUtc(path, written);
        }

        Add("sessions/2026/11/22", "01a1f444-0000-7000-8000-000000000006", "/home/me/one", hour: 6);

        Finder.Choices(workingDirectory: null).Select(c => (c.Entry.ThreadId, c.Said)).ShouldBe([(New, "ask 1111"), (Old, "ask 0000")]);
        Finder.Choices("/home/me/one").Select(c => c.Entry.ThreadId).ShouldBe([Old]);
    }

    [Fact]
    public void A_home_without_sessions_has_none() =>
        new SessionFinder(_home["nowhere"]).Last(workingDirectory: null).ShouldBeOfType<SessionSearch.NotFound>();

    public void Dispose() => _home.Dispose();

    private SessionFinder Finder => new(_home.Path);

    private static string? IdOf(SessionSearch search) => search is SessionSearch.Found found ? found.Entry.ThreadId : null;

    private void Add(string folder, string id, string directory, int hour, string source = "\"exec\"")
    {
        var path = _home.Write(
            $"{folder}/rollout-2026-11-20T00-00-00-{id}.jsonl",
            $$$"""{"timestamp":"2026-11-20T10:00:00.000Z","type":"session_meta","payload":{"id":"{{{id}}}","timestamp":"2026-11-20T10:00:00.000Z","cwd":"{{{directory}}}","source":{{{source}}}}}""" + "\n");
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 11, 20, hour, 0, 0, DateTimeKind.Utc));
    }
}
