using Codex.Agent.Sessions;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Sessions;

public sealed class PromptHistoryTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    [Fact]
    public async Task What_was_typed_is_one_line_each_and_is_read_in_its_order()
    {
        var history = new PromptHistory(_home.Path, keeps: true, maxBytes: null, FixedTime.LateEvening);

        (await history.AddAsync("t1", "fix\nit", default)).ShouldBeNull();
        (await history.AddAsync("t2", "größer", default)).ShouldBeNull();

        _home.Read("history.jsonl").ShouldBe("""
            {"session_id":"t1","ts":1795217415,"text":"fix\nit"}
            {"session_id":"t2","ts":1795217415,"text":"größer"}

            """.ReplaceLineEndings("\n"));
        history.Read().ShouldBe(["fix\nit", "größer"]);
    }

    [Fact]
    public async Task Nothing_is_kept_or_shown_where_the_user_wants_none()
    {
        _home.Write("history.jsonl", """{"session_id":"t","ts":1,"text":"of before"}""" + "\n");
        var history = new PromptHistory(_home.Path, keeps: false, maxBytes: null, FixedTime.LateEvening);

        (await history.AddAsync("t1", "secret", default)).ShouldBeNull();

        _home.Read("history.jsonl").ShouldNotContain("secret");
        history.Read().ShouldBeEmpty();
    }

    [Fact]
    public async Task Above_the_limit_the_oldest_lines_go_until_four_fifths_are_left()
    {
        var history = new PromptHistory(_home.Path, keeps: true, maxBytes: 500, FixedTime.LateEvening);

        for (var i = 0; i < 10; i++)
            await history.AddAsync("t", $"text number {i}", default);

        new FileInfo(_home["history.jsonl"]).Length.ShouldBeLessThanOrEqualTo(500);
        var left = history.Read();
        left[^1].ShouldBe("text number 9");
        left.ShouldBe(Enumerable.Range(10 - left.Length, left.Length).Select(i => $"text number {i}"));
    }

    [Fact]
    public async Task A_line_longer_than_the_limit_stays_alone()
    {
        var history = new PromptHistory(_home.Path, keeps: true, maxBytes: 50, FixedTime.LateEvening);

        await history.AddAsync("t", "short", default);
        await history.AddAsync("t", new string('x', 200), default);

        history.Read().ShouldBe([new string('x', 200)]);
    }

    [Fact]
    public async Task A_file_that_stays_locked_is_given_up_on_with_a_word()
    {
        var path = _home.Write("history.jsonl", "");
        await using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var history = new PromptHistory(_home.Path, keeps: true, maxBytes: null, TimeProvider.System);

        var fault = await history.AddAsync("t", "text", default);

        fault.ShouldNotBeNull().ShouldStartWith($"What you typed is not kept: {path} cannot be written");
    }

    public void Dispose() => _home.Dispose();
}
