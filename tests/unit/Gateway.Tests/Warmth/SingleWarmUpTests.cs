using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Gateway.Warmth;
using static Codex.Gateway.Tests.Warmth.WarmthBench;

namespace Codex.Gateway.Tests.Warmth;

public sealed class SingleWarmUpTests
{
    [Fact]
    public async Task However_many_wait_the_model_is_asked_for_one_token_at_a_time_until_it_answers()
    {
        using var bench = new WarmthBench();
        bench.Answer = (call, _) => Task.FromResult(call < 4 ? Json(503, Loading) : Says());

        var waiting = Enumerable.Range(0, 100).Select(_ => bench.Warmth.WarmAsync(bench.Exchange(), Cold(), default).AsTask()).ToList();
        bench.Warmth.Snapshot(bench.Directory.Current).Single().State.ShouldBeOfType<ModelState.Warming>().Waiting.ShouldBe(100);
        await bench.Time.AdvanceUntilAsync(() => waiting.All(w => w.IsCompleted));

        (await Task.WhenAll(waiting)).ShouldAllBe(f => f == null);
        bench.Calls.ShouldBe(4);
        bench.Asked.Last().Body.ShouldContain("\"max_tokens\":1");
        bench.Warmth.Snapshot(bench.Directory.Current).Single().ShouldSatisfyAllConditions(
            report => report.State.ShouldBeOfType<ModelState.Warm>(),
            report => report.WarmUps.ShouldBe(1),
            report => report.ColdTime.ShouldBeGreaterThan(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task One_more_than_may_wait_is_told_to_come_again()
    {
        using var bench = new WarmthBench(change: p => p with { ColdStart = ColdStart.Default with { Waiters = 2 } });
        bench.Answer = (call, _) => Task.FromResult(call < 3 ? Json(503, Loading) : Says());
        var first = bench.Warmth.WarmAsync(bench.Exchange(), Cold(), default).AsTask();
        var second = bench.Warmth.EnsureAsync(bench.Exchange(), default).AsTask();

        var third = await bench.Warmth.EnsureAsync(bench.Exchange(), default);

        third!.Kind.ShouldBe(FailureKind.Cold);
        third.Status.ShouldBe(503);
        third.RetryAfter.ShouldNotBeNull();
        third.Message.ShouldContain("2 requests wait for it already");
        await bench.Time.AdvanceUntilAsync(() => first.IsCompleted && second.IsCompleted);
        (await first).ShouldBeNull();
        (await second).ShouldBeNull();
    }

    [Fact]
    public async Task When_the_time_is_up_all_hear_of_the_model_the_wait_and_the_last_sign()
    {
        using var bench = new WarmthBench(change: p => p with { ColdStart = ColdStart.Default with { Deadline = TimeSpan.FromMinutes(2) } });
        bench.Answer = (_, _) => Task.FromResult(Json(503, Loading));
        var early = bench.Warmth.WarmAsync(bench.Exchange(), Cold(), default).AsTask();
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        var late = bench.Warmth.EnsureAsync(bench.Exchange(), default).AsTask();
        bench.Time.Advance(TimeSpan.FromMinutes(1));

        var failure = await early;
        failure!.Kind.ShouldBe(FailureKind.TimedOut);
        failure.Status.ShouldBe(504);
        failure.Message.ShouldBe(
            "The model 'm' of provider 'lab' is still not loaded after 120 s. The last sign: Provider 'lab' is still loading the model 'm': Loading model. Raise ColdStart.Deadline of the provider if the model loads that long.");
        (await late).ShouldBe(failure);
        bench.Warmth.Snapshot(bench.Directory.Current).Single().State.ShouldBeOfType<ModelState.Failed>().Reason.ShouldContain("120 s");
    }

    [Fact]
    public async Task A_backend_that_withholds_its_headers_is_said_to_be_silent()
    {
        using var bench = new WarmthBench();
        bench.Answer = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            return Says();
        };
        var waiting = bench.Warmth.WarmAsync(bench.Exchange(), Cold(), default).AsTask();
        bench.Time.Advance(TimeSpan.FromMinutes(10));

        (await waiting)!.Message.ShouldContain("took a request and has sent nothing for 600 s");
        bench.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(404, "model 'm' not found", FailureKind.UnknownModel)]
    [InlineData(401, "Bad key", FailureKind.WrongKey)]
    [InlineData(402, "Pay", FailureKind.NoQuota)]
    public async Task Another_failure_ends_the_wait_at_once(int status, string words, FailureKind kind)
    {
        using var bench = new WarmthBench();
        bench.Answer = (_, _) => Task.FromResult(Json(status, $$$"""{"error":{"message":"{{{words}}}"}}"""));

        var failure = await bench.Warmth.WarmAsync(bench.Exchange(), Cold(), default);

        failure!.Kind.ShouldBe(kind);
        bench.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(400, "max_tokens must be at least 16")]
    [InlineData(429, "Too many requests")]
    public async Task A_model_that_refuses_the_question_is_awake(int status, string words)
    {
        using var bench = new WarmthBench();
        bench.Answer = (_, _) => Task.FromResult(Json(status, $$$"""{"error":{"message":"{{{words}}}"}}"""));

        (await bench.Warmth.WarmAsync(bench.Exchange(), Cold(), default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_that_is_refused_fails_only_those_who_brought_it()
    {
        using var bench = new WarmthBench();
        var gate = new TaskCompletionSource<HttpResponseMessage>();
        bench.Answer = (call, _) => call == 1 ? gate.Task
            : Task.FromResult(bench.Asked.Last().Authorization == "bad" ? Json(401, "{}") : Says());

        var bad = bench.Warmth.WarmAsync(bench.Exchange("bad"), Cold(), default).AsTask();
        var good = bench.Warmth.WarmAsync(bench.Exchange("good"), Cold(), default).AsTask();
        var alsoBad = bench.Warmth.WarmAsync(bench.Exchange("bad"), Cold(), default).AsTask();
        gate.SetResult(Json(401, "{}"));

        (await bad)!.Kind.ShouldBe(FailureKind.WrongKey);
        (await alsoBad)!.Kind.ShouldBe(FailureKind.WrongKey);
        (await good).ShouldBeNull();
        bench.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_stumble_or_two_on_the_way_up_is_no_failure_but_more_are()
    {
        using var bench = new WarmthBench();
        bench.Answer = (call, _) => call <= 2 ? throw new HttpRequestException("gone") : Task.FromResult(Says());
        var waiting = bench.Warmth.WarmAsync(bench.Exchange(), Cold(), default).AsTask();
        await bench.Time.AdvanceUntilAsync(() => waiting.IsCompleted);
        (await waiting).ShouldBeNull();

        bench.Answer = (_, _) => throw new HttpRequestException("gone");
        var hopeless = bench.Warmth.WarmAsync(bench.Exchange(model: "other"), Cold(), default).AsTask();
        await bench.Time.AdvanceUntilAsync(() => hopeless.IsCompleted);
        (await hopeless)!.Kind.ShouldBe(FailureKind.Unreachable);
        bench.Calls.ShouldBe(3 + 4);
    }

    [Fact]
    public async Task The_last_one_who_leaves_ends_the_warm_up_and_the_next_one_begins_another()
    {
        using var bench = new WarmthBench();
        var cancelled = new TaskCompletionSource();
        bench.Answer = async (call, cancellation) =>
        {
            if (call > 1)
                return Says();
            await using var gone = cancellation.Register(cancelled.SetResult);
            await cancelled.Task;
            throw new OperationCanceledException(cancellation);
        };
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();
        var first = bench.Warmth.WarmAsync(bench.Exchange(), Cold(), one.Token).AsTask();
        var second = bench.Warmth.WarmAsync(bench.Exchange(), Cold(), two.Token).AsTask();

        one.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(first);
        cancelled.Task.IsCompleted.ShouldBeFalse();
        two.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(second);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        bench.Warmth.Snapshot(bench.Directory.Current).Single().State.ShouldBeOfType<ModelState.Cold>();

        (await bench.Warmth.WarmAsync(bench.Exchange(), Cold(), default)).ShouldBeNull();
        bench.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_model_that_answers_warm_ups_but_no_request_is_asked_ever_more_rarely_and_not_for_ever()
    {
        using var bench = new WarmthBench(change: p => p with { ColdStart = ColdStart.Default with { Deadline = TimeSpan.FromMinutes(1) } });
        Failure? failure = null;
        var began = bench.Time.GetTimestamp();
        for (var round = 0; round < 100 && failure is null; round++)
        {
            var waiting = bench.Warmth.WarmAsync(bench.Exchange(), Cold("Never there."), default).AsTask();
            await bench.Time.AdvanceUntilAsync(() => waiting.IsCompleted);
            failure = await waiting;
        }

        failure!.Kind.ShouldBe(FailureKind.TimedOut);
        bench.Calls.ShouldBeInRange(5, 15);
        bench.Time.GetElapsedTime(began).ShouldBeInRange(TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(80));
    }

    [Theory]
    [InlineData("data: {\"error\":{\"code\":503,\"message\":\"Loading model\"}}\n\n", false)]
    [InlineData(": nothing yet\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"H\"}}]}\n\n", true)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n", true)]
    [InlineData("", false)]
    public async Task A_stream_that_begins_as_a_success_counts_by_its_first_words(string stream, bool isAnswer)
    {
        using var bench = new WarmthBench("llamacpp");
        bench.Answer = (call, _) => Task.FromResult(call == 1 ? Streams(stream) : Says());
        var waiting = bench.Warmth.WarmAsync(bench.Exchange(), Cold(), default).AsTask();
        await bench.Time.AdvanceUntilAsync(() => waiting.IsCompleted);

        (await waiting).ShouldBeNull();
        bench.Calls.ShouldBe(isAnswer ? 1 : 2);
    }
}
