using Codex.Agent.Approvals;
using Codex.Agent.Interactive.Input;
using Codex.Agent.Interactive.Questions;
using Codex.Agent.Interactive.Screen;

namespace Codex.Agent.Tests.Interactive;

public sealed class QuestionTests
{
    private static readonly Style Plain = new(IsPlain: true);

    private readonly MovableTime _time = new();
    private ApprovalAnswer? _answer;

    [Theory]
    [InlineData(80, 24)]
    [InlineData(40, 12)]
    [InlineData(12, 6)]
    [InlineData(200, 50)]
    public void Every_word_of_a_command_is_on_the_screen_or_said_to_be_missing_and_it_never_grows_taller_than_the_terminal(int columns, int rows)
    {
        var words = Enumerable.Range(1, 60).Select(i => $"word{i}").ToList();
        var drawing = LiveArea.Of(Ask(string.Join(' ', words)), isShown: false, Plain, columns, rows);

        drawing.Rows.Length.ShouldBeLessThanOrEqualTo(rows);
        drawing.Rows.ShouldAllBe(r => CellWidth.Of(r) < columns);
        var shown = string.Concat(drawing.Rows.Select(r => r.Trim()));
        (words.All(w => shown.Contains(w, StringComparison.Ordinal)) || shown.Contains("… ", StringComparison.Ordinal)).ShouldBeTrue();
        string.Concat(drawing.Rows).ShouldContain("Esc abort");
    }

    [Fact]
    public void Of_what_does_not_fit_beginning_and_end_are_shown()
    {
        var drawing = LiveArea.Of(Ask(string.Join('\n', Enumerable.Range(1, 100).Select(i => $"echo {i}"))), isShown: false, Plain, 40, 10);

        drawing.Rows.ShouldBe(
        [
            "Run this command?",
            "  $ echo 1",
            "    echo 2",
            "… 97 more rows: v shows all of it",
            "    echo 100",
            "  in /work",
            "  reason: why not",
            "y once   a this session",
            "p always: git pull …   n decline",
            "Esc abort",
        ]);
    }

    [Theory]
    [InlineData("y", ApprovalAnswer.Once)]
    [InlineData("A", ApprovalAnswer.ForSession)]
    [InlineData("p", ApprovalAnswer.Always)]
    [InlineData("n", ApprovalAnswer.Declined)]
    public void A_letter_answers(string letter, ApprovalAnswer answer)
    {
        var queue = Queue(Ask("ls"));
        queue.Takes(new Key.Typed(letter)).ShouldBeTrue();
        queue.Take(new Key.Typed(letter));
        _answer.ShouldBe(answer);
        queue.Current.ShouldBeNull();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("yes")]
    public void Other_letters_and_words_are_no_answer(string typed)
    {
        var queue = Queue(Ask("ls"));
        queue.Takes(new Key.Typed(typed)).ShouldBeTrue();
        queue.Take(new Key.Typed(typed)).ShouldBeEmpty();
        _answer.ShouldBeNull();
    }

    [Fact]
    public void What_is_pasted_is_no_answer()
    {
        Queue(Ask("ls")).Takes(new Key.Pasted("y")).ShouldBeFalse();
    }

    [Fact]
    public void Who_was_typing_when_the_question_came_goes_on_typing_until_a_pause()
    {
        var queue = new QuestionQueue(takesKeys: true, _time);
        queue.Takes(new Key.Typed("w"));
        queue.Ask(Ask("ls"));

        queue.Takes(new Key.Typed("a")).ShouldBeFalse();
        _time.Move(TimeSpan.FromMilliseconds(900));
        queue.Takes(new Key.Typed("y")).ShouldBeFalse();
        queue.Takes(new Key.Pressed(KeyName.Interrupt)).ShouldBeTrue();
        _time.Move(TimeSpan.FromMilliseconds(1100));
        queue.Takes(new Key.Typed("y")).ShouldBeTrue();
    }

    [Fact]
    public void Who_has_just_sent_a_message_can_answer_at_once()
    {
        var queue = new QuestionQueue(takesKeys: true, _time);
        queue.Takes(new Key.Typed("w"));
        queue.Takes(new Key.Pressed(KeyName.Enter));
        queue.Ask(Ask("ls"));

        queue.Takes(new Key.Typed("y")).ShouldBeTrue();
    }

    [Fact]
    public void All_of_it_can_be_seen_and_then_answered()
    {
        var queue = Queue(Ask("one\ntwo"));
        queue.Take(new Key.Typed("v")).ShouldBe(["Run this command?", "  $ one", "    two", "  in /work", "  reason: why not"]);
        queue.IsShown.ShouldBeTrue();
        queue.Take(new Key.Typed("v")).ShouldBeEmpty();
        LiveArea.Of(queue.Current!, queue.IsShown, Plain, 80, 24).Rows.Length.ShouldBe(2);
        queue.Take(new Key.Typed("n")).ShouldBe(["not run: one\ntwo"]);
    }

    [Fact]
    public void What_an_answer_for_the_session_covers_is_said()
    {
        ApprovalQuestion.Of(new ApprovalRequest.McpTool("key", Reason: null, "files", "delete", """{"path":"a"}"""), _ => { }).Choices
            .ShouldContain(new Choice('a', "this session, with any arguments", "allowed for this session, with any arguments"));
        ApprovalQuestion.Of(new ApprovalRequest.Edit("key", Reason: null, ["a"], "+x"), _ => { }).Choices
            .ShouldContain(new Choice('a', "this session, any change to these files", "allowed for this session, any change to these files"));
    }

    [Fact]
    public void Escape_stands_for_the_last_choice()
    {
        var queue = Queue(Ask("ls"));
        queue.Take(new Key.Pressed(KeyName.Escape)).ShouldBe(["not run: ls"]);
        _answer.ShouldBe(ApprovalAnswer.Abort);
    }

    private Question Ask(string script) => ApprovalQuestion.Of(
        new ApprovalRequest.Command("key", "why not", ["/bin/bash", "-lc", script], "/work", ["git", "pull"]), answer => _answer = answer);

    private QuestionQueue Queue(Question question)
    {
        var queue = new QuestionQueue(takesKeys: true, _time);
        queue.Ask(question);
        return queue;
    }
}
