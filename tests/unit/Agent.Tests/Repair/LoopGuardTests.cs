using Codex.Agent.Repair;

namespace Codex.Agent.Tests.Repair;

public sealed class LoopGuardTests
{
    /// <summary>Calls by a letter each, a capital for one that fails; the numbers of those that are corrected, and the one that ends the turn.</summary>
    [Theory]
    [InlineData("aaaaa", "3", 5)]
    [InlineData("aabaacaada", "4", 8)]
    [InlineData("ababab", "5,6", 0)]
    [InlineData("AAAAA", "3", 5)]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "", 0)]
    [InlineData("ABCDEFGHIJKLMNOP", "8", 16)]
    [InlineData("ABCDEFGhIJKLMNO", "", 0)]
    public void Thresholds(string calls, string corrected, int stopped)
    {
        var guard = new LoopGuard();

        var verdicts = calls.Select(c => guard.Note("tool", char.ToLowerInvariant(c).ToString(), "same", char.IsUpper(c))).ToList();

        string.Join(',', verdicts.Index().Where(v => v.Item is LoopVerdict.Correct).Select(v => v.Index + 1)).ShouldBe(corrected);
        (verdicts.FindIndex(v => v is LoopVerdict.Stop) + 1).ShouldBe(stopped);
    }

    [Fact]
    public void The_third_equal_call_is_told_to_the_model_and_the_fifth_ends_the_turn()
    {
        var guard = new LoopGuard();

        var verdicts = Enumerable.Range(0, 5).Select(_ => guard.Note("shell", "{\"command\":\"ls\"}", "same", failed: false)).ToList();

        verdicts[0].ShouldBeOfType<LoopVerdict.GoOn>();
        verdicts[1].ShouldBeOfType<LoopVerdict.GoOn>();
        verdicts[2].ShouldBeOfType<LoopVerdict.Correct>().Message.ShouldContain("3 times");
        verdicts[3].ShouldBeOfType<LoopVerdict.GoOn>();
        verdicts[4].ShouldBeOfType<LoopVerdict.Stop>().Reason.ShouldContain("5 times");
    }

    [Fact]
    public void A_result_that_differs_only_in_its_time_has_not_changed()
    {
        var guard = new LoopGuard();

        var verdicts = Enumerable.Range(0, 5).Select(i => guard.Note("shell", "ls", $"Exit code: 0\nWall time: 0.{i} seconds\nOutput:\na", failed: false)).ToList();

        verdicts[4].ShouldBeOfType<LoopVerdict.Stop>();
    }

    [Fact]
    public void A_call_whose_output_changes_is_polling()
    {
        var guard = new LoopGuard();

        for (var i = 0; i < 50; i++)
            guard.Note("write_stdin", "{\"session_id\":1}", $"{i} %", failed: false).ShouldBeOfType<LoopVerdict.GoOn>();
    }

    [Fact]
    public void Six_equal_calls_scattered_over_the_turn_end_it()
    {
        var guard = new LoopGuard();
        LoopVerdict last = LoopVerdict.GoOn.Instance;

        for (var i = 0; i < 6; i++)
        {
            guard.Note("read_file", $"{{\"path\":\"{i}\"}}", $"{i}", failed: false).ShouldBeOfType<LoopVerdict.GoOn>();
            guard.Note("list_dir", $"{{\"path\":\"{i}\"}}", $"{i}", failed: false);
            last = guard.Note("shell", "x", "same", failed: false);
        }

        last.ShouldBeOfType<LoopVerdict.Stop>();
    }

    [Fact]
    public void Two_calls_in_turns_are_told_once_and_then_end_it()
    {
        var guard = new LoopGuard();
        var verdicts = new List<LoopVerdict>();

        for (var i = 0; i < 6; i++)
            verdicts.Add(guard.Note(i % 2 == 0 ? "a" : "b", "{}", i % 2 == 0 ? "x" : "y", failed: false));

        verdicts.OfType<LoopVerdict.Correct>().Count().ShouldBeGreaterThan(0);
        verdicts.OfType<LoopVerdict.Stop>().ShouldBeEmpty();
    }

    [Fact]
    public void A_tool_that_keeps_failing_in_different_ways_is_told_and_then_ends_the_turn()
    {
        var guard = new LoopGuard();

        var verdicts = Enumerable.Range(0, 16).Select(i => guard.Note("edit_file", $"{i}", $"error {i}", failed: true)).ToList();

        verdicts[7].ShouldBeOfType<LoopVerdict.Correct>();
        verdicts[15].ShouldBeOfType<LoopVerdict.Stop>();
    }

    [Fact]
    public void A_turn_never_makes_more_calls_than_its_hard_limit()
    {
        var guard = new LoopGuard(hardLimit: 20);

        var verdicts = Enumerable.Range(0, 20).Select(i => guard.Note("shell", $"{i}", $"{i}", failed: false)).ToList();

        verdicts[18].ShouldBeOfType<LoopVerdict.GoOn>();
        verdicts[19].ShouldBeOfType<LoopVerdict.Stop>();
    }
}
