using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using static Codex.Gateway.Tests.Warmth.WarmthBench;

namespace Codex.Gateway.Tests.Warmth;

/// <summary>Backends that can say whether a model is loaded, here in the manner of Ollama.</summary>
public sealed class ResidencyTests
{
    private const string Absent = """{"models":[]}""";

    private const string Tags = """{"models":[{"model":"m","digest":"d"}]}""";

    private const string Show = """{"model_info":{"x.context_length":40960},"capabilities":["completion","tools"]}""";

    private static readonly ProviderModel Assumed = new("m") { ContextWindow = 4096, WindowIsAssumed = true };

    [Fact]
    public async Task A_model_that_is_not_loaded_is_loaded_before_the_request_and_its_true_window_learnt()
    {
        using var bench = Ollama(window: 32_768);

        var failure = await bench.Warmth.EnsureAsync(bench.Exchange(estimated: 20_000), default);

        failure.ShouldBeNull();
        bench.Calls.ShouldBe(1);
        bench.Directory.Current.Providers[0].Models.Single().ShouldSatisfyAllConditions(
            m => m.ContextWindow.ShouldBe(32_768),
            m => m.WindowIsAssumed.ShouldBeFalse());
    }

    [Fact]
    public async Task A_prompt_that_the_loaded_window_would_cut_is_refused_with_the_way_to_widen_it()
    {
        using var bench = Ollama(window: 4096);

        var failure = await bench.Warmth.EnsureAsync(bench.Exchange(estimated: 12_345), default);

        failure!.Kind.ShouldBe(FailureKind.ContextTooLong);
        failure.Message.ShouldBe(
            "The conversation has about 12,345 tokens, and the context window of the model 'm' of provider 'lab' has 4,096. To widen it, start it with OLLAMA_CONTEXT_LENGTH=16384; or shorten the conversation.");
    }

    [Fact]
    public async Task A_server_that_was_restarted_with_a_larger_window_is_believed()
    {
        using var bench = Ollama(window: 4096);
        (await bench.Warmth.EnsureAsync(bench.Exchange(estimated: 12_345), default)).ShouldNotBeNull();

        bench.Native["/api/ps"] = () => Absent;
        bench.Answer = (_, _) =>
        {
            bench.Native["/api/ps"] = () => Present(32_768);
            return Task.FromResult(Says());
        };
        bench.Time.Advance(TimeSpan.FromSeconds(6));
        var again = bench.Warmth.EnsureAsync(bench.Exchange(estimated: 12_345), default).AsTask();
        await bench.Time.AdvanceUntilAsync(() => again.IsCompleted);

        (await again).ShouldBeNull();
        bench.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task It_is_asked_seldom_and_not_at_all_while_the_model_answers()
    {
        using var bench = Ollama(window: 32_768);
        bench.Native["/api/ps"] = () => Present(32_768);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => bench.Warmth.EnsureAsync(bench.Exchange(), default).AsTask()));
        bench.TimesAsked("/api/ps").ShouldBe(1);
        bench.Time.Advance(TimeSpan.FromSeconds(6));
        await bench.Warmth.EnsureAsync(bench.Exchange(), default);
        bench.TimesAsked("/api/ps").ShouldBe(2);
        bench.Warmth.Answered(bench.Exchange());
        bench.Time.Advance(TimeSpan.FromSeconds(20));
        await bench.Warmth.EnsureAsync(bench.Exchange(), default);
        bench.TimesAsked("/api/ps").ShouldBe(2);
        bench.Time.Advance(TimeSpan.FromSeconds(20));
        await bench.Warmth.EnsureAsync(bench.Exchange(), default);
        bench.TimesAsked("/api/ps").ShouldBe(3);
        bench.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_backend_that_denies_what_it_has_just_shown_is_not_asked_again()
    {
        using var bench = Ollama(window: 32_768);
        bench.Native["/api/ps"] = () => Absent;
        bench.Answer = (_, _) => Task.FromResult(Says());
        for (var round = 0; round < 3; round++)
        {
            (await bench.Warmth.EnsureAsync(bench.Exchange(), default)).ShouldBeNull();
            bench.Time.Advance(TimeSpan.FromMinutes(1));
        }

        bench.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_backend_that_does_not_say_is_simply_asked()
    {
        using var bench = new WarmthBench("ollama", change: null, Assumed);

        (await bench.Warmth.EnsureAsync(bench.Exchange(), default)).ShouldBeNull();

        bench.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData("ollama", """{"GET /api/ps":{"models":[{"model":"m","context_length":8192}]}}""", true, 8192)]
    [InlineData("ollama", """{"GET /api/ps":{"models":[{"model":"n"}]}}""", false, null)]
    [InlineData("ollama", """{"GET /api/ps":{"models":[]}}""", false, null)]
    [InlineData("ollama", """{}""", null, null)]
    [InlineData("lmstudio", """{"GET /api/v1/models":{"models":[{"key":"m","loaded_instances":[]}]}}""", false, null)]
    [InlineData("lmstudio", """{"GET /api/v1/models":{"models":[{"key":"m","loaded_instances":[{"id":"m","config":{"context_length":4096}}]}]}}""", true, 4096)]
    [InlineData("lmstudio", """{"GET /api/v1/models":{"models":[{"key":"x","loaded_instances":[{"id":"m","config":{}}]}]}}""", true, null)]
    [InlineData("lmstudio", """{"GET /api/v0/models":{"data":[{"id":"m","state":"loaded","loaded_context_length":2048}]}}""", true, 2048)]
    [InlineData("lmstudio", """{"GET /api/v0/models":{"data":[{"id":"m","state":"not-loaded"}]}}""", false, null)]
    [InlineData("lmstudio", """{"GET /api/v1/models":{"error":"Unexpected endpoint"}}""", null, null)]
    [InlineData("llamacpp", """{"GET /health":503}""", false, null)]
    [InlineData("llamacpp", """{"GET /health":{"status":"ok"}}""", true, null)]
    [InlineData("llamacpp", """{"GET /health":{"status":"ok"},"GET models":{"data":[{"id":"m","status":{"value":"unloaded"}}]}}""", false, null)]
    [InlineData("llamacpp", """{"GET /health":{"status":"ok"},"GET models":{"data":[{"id":"m","status":{"value":"loaded"}}]}}""", true, null)]
    [InlineData("llamacpp", """{"GET /health":404}""", null, null)]
    [InlineData("llamaswap", """{"GET /running":{"running":[{"model":"m","state":"ready"}]}}""", true, null)]
    [InlineData("llamaswap", """{"GET /running":{"running":[{"model":"m","state":"starting"}]}}""", false, null)]
    [InlineData("llamaswap", """{"GET /running":{"running":[]}}""", false, null)]
    public void Each_backend_says_in_its_own_words_whether_a_model_is_loaded(string name, string answers, bool? isLoaded, int? window)
    {
        using var said = System.Text.Json.JsonDocument.Parse(answers);
        var question = BackendRegistry.For(name).Residency!;

        var residency = question.ReadReplies(question.Questions.Select(q => (q, Reply(q))), "m");

        residency.ShouldBe(isLoaded is { } loaded ? new Residency(loaded, window) : null);

        BackendReply Reply(BackendQuestion q) => !said.RootElement.TryGetProperty(q.ToString(), out var reply) ? new BackendReply.Refused(404)
            : reply.ValueKind == System.Text.Json.JsonValueKind.Number ? new BackendReply.Refused(reply.GetInt32())
            : new BackendReply.Answered(reply);
    }

    private static string Present(int window) => $$"""{"models":[{"model":"m","context_length":{{window}}}]}""";

    private static WarmthBench Ollama(int window)
    {
        var bench = new WarmthBench("ollama", change: null, Assumed);
        bench.Native["/api/tags"] = () => Tags;
        bench.Native["/api/show"] = () => Show;
        bench.Native["/api/ps"] = () => Absent;
        bench.Answer = (_, _) =>
        {
            bench.Native["/api/ps"] = () => Present(window);
            return Task.FromResult(Says());
        };
        return bench;
    }
}
