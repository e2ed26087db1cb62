using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;

namespace Codex.Gateway.Tests.Warmth;

public sealed class ContextGuardTests
{
    [Theory]
    [InlineData("vllm", 8192, false, 12_000, true, "--max-model-len 16384")]
    [InlineData("vllm", 8192, false, 11_000, false, "")]
    [InlineData("sglang", 8192, false, 50_000, true, "--context-length 65536")]
    [InlineData("generic", 8192, false, 50_000, true, "set ContextWindow under Models")]
    [InlineData("generic", 8192, true, 50_000, false, "")]
    [InlineData("generic", null, false, 50_000, false, "")]
    // These choose their window when they load: looked at then.
    [InlineData("ollama", 4096, false, 50_000, false, "")]
    [InlineData("lmstudio", 4096, false, 50_000, false, "")]
    public void A_prompt_is_refused_where_a_sure_window_cannot_hold_it(string dialect, int? window, bool assumed, int estimated, bool isRefused, string advice)
    {
        using var bench = new WarmthBench(dialect, change: null, new ProviderModel("m") { ContextWindow = window, WindowIsAssumed = assumed });

        var failure = bench.Guard.Check(bench.Exchange(estimated: estimated));

        (failure is not null).ShouldBe(isRefused);
        if (failure is not null)
        {
            failure.Kind.ShouldBe(FailureKind.ContextTooLong);
            ErrorPolicy.Decide(failure, ClientKind.Codex, wantsEvents: true).Error.Code.ShouldBe("context_length_exceeded");
            failure.Message.ShouldContain(advice);
        }
    }

    [Theory]
    [InlineData("ollama")]
    [InlineData("vllm")]
    public void The_configured_window_comes_before_the_listed_one(string dialect)
    {
        using var bench = new WarmthBench(dialect, change: null, new ProviderModel("m") { ContextWindow = 100_000 });
        var settings = new ModelSettings(null) { ContextWindow = 8192 };

        bench.Guard.Check(bench.Exchange(estimated: 20_000, settings: settings))!.Message.ShouldContain("stands under Models in gateway.json");
        bench.Guard.Check(bench.Exchange(estimated: 5_000, settings: settings)).ShouldBeNull();
        bench.Guard.CheckLoaded(bench.Exchange(estimated: 5_000, settings: settings), loadedWindow: 100).ShouldBeNull();
    }

    [Fact]
    public void The_estimate_is_measured_by_what_the_backend_counts()
    {
        using var bench = new WarmthBench("vllm", change: null, new ProviderModel("m") { ContextWindow = 8192 });
        var prompt = bench.Exchange(estimated: 10_000);
        bench.Guard.Check(prompt).ShouldBeNull();

        bench.Guard.Learn(bench.Exchange(estimated: 4_000), 5_000);
        bench.Guard.Check(prompt)!.Message.ShouldContain("about 12,500 tokens");
        // Only part of it was counted: the rest was cached.
        bench.Guard.Learn(bench.Exchange(estimated: 4_000), 200);
        bench.Guard.Check(prompt).ShouldNotBeNull();
        for (var i = 0; i < 30; i++)
            bench.Guard.Learn(bench.Exchange(estimated: 4_000), 2_400);
        bench.Guard.Check(prompt).ShouldBeNull();
    }

    [Fact]
    public void Nothing_is_learnt_of_a_prompt_that_may_have_been_cut()
    {
        using var bench = new WarmthBench("ollama", change: null, new ProviderModel("m") { ContextWindow = 8192 });
        var prompt = bench.Exchange(estimated: 12_000);
        bench.Guard.CheckLoaded(prompt, loadedWindow: null).ShouldNotBeNull();

        for (var i = 0; i < 30; i++)
            bench.Guard.Learn(bench.Exchange(estimated: 12_000), 6_000);
        bench.Guard.CheckLoaded(prompt, loadedWindow: null).ShouldNotBeNull();
        for (var i = 0; i < 30; i++)
            bench.Guard.Learn(bench.Exchange(estimated: 4_000), 2_000);
        bench.Guard.CheckLoaded(prompt, loadedWindow: null).ShouldBeNull();
    }

    [Fact]
    public void Usage_that_is_only_the_estimate_teaches_nothing()
    {
        using var bench = new WarmthBench("vllm", change: null, new ProviderModel("m") { ContextWindow = 8192 });
        bench.Guard.Learn(bench.Exchange(estimated: 4_000), 4_000);
        bench.Guard.Check(bench.Exchange(estimated: 10_000)).ShouldBeNull();
    }
}
