using Codex.Agent.CommandLine;

namespace Codex.Agent.Tests.CommandLine;

public sealed class PromptInputTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData("do it", null, "do it")]
    [InlineData("-", null, null)]
    [InlineData("do it", "", "do it")]
    [InlineData(null, "  \n", null)]
    public async Task What_is_no_prompt_is_none(string? argument, string? piped, string? expected) =>
        (await PromptInput.ReadAsync(argument, takesAddition: true, piped is null ? null : new StringReader(piped), new StringWriter(), TimeProvider.System, CancellationToken.None)).ShouldBe(expected);

    [Fact]
    public async Task Who_waits_for_a_pipe_that_nobody_closes_is_told_how_to_go_on()
    {
        var input = new OpenPipe();
        using var error = new StringWriter();

        var reading = PromptInput.ReadAsync("do it", takesAddition: true, input, error, new Impatient(), CancellationToken.None);
        for (var waited = 0; waited < 600 && !error.ToString().Contains("still waiting", StringComparison.Ordinal); waited++)
            await Task.Delay(50);
        input.Close("more\n");

        (await reading)!.ShouldStartWith("do it\n\n<stdin>\nmore");
        error.ToString().ShouldContain("</dev/null");
    }

    /// <summary>Standard input of somebody who forgot it.</summary>
    private sealed class OpenPipe : TextReader
    {
        private readonly TaskCompletionSource<string> _text = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Close(string text) => _text.SetResult(text);

        public override Task<string> ReadToEndAsync(CancellationToken cancellationToken) => _text.Task;
    }

    /// <summary>Every delay is over at once.</summary>
    private sealed class Impatient : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
