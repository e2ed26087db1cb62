using Codex.Gateway.Providers;
using Codex.Translation.Dialects;
using static Codex.Gateway.Tests.Providers.Snapshots;

namespace Codex.Gateway.Tests.Providers;

public sealed class ProviderRefreshTests : IDisposable
{
    private const string KeyVariable = "CODEX_GATEWAY_TEST_LIST_KEY";

    private readonly ProviderDirectory _directory = new();
    private readonly BackendClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task What_runs_is_found_wherever_it_listens_with_its_models_and_windows()
    {
        await using var ollama = await RecordedBackend.StartAsync("001_ollama_with_loaded_and_unloaded_models");
        await using var lmStudio = await RecordedBackend.StartAsync("003_lmstudio_with_its_current_api");
        await using var other = await RecordedBackend.StartAsync("011_another_program_on_the_port");
        await using var gateway = await RecordedBackend.StartAsync("010_a_gateway_is_no_backend");

        await ProviderRefresh.RefreshOnceAsync(
            _directory,
            DiscoveryPlan.At([lmStudio.Port, ollama.Port, other.Port, gateway.Port, await FreePortAsync()], _ => true),
            TimeProvider.System,
            CancellationToken.None);

        _directory.Current.Providers.Select(p => p.Provider.Name).ShouldBe(["demo", "lmstudio", "ollama"]);
        _directory.Current.Providers.ShouldAllBe(p => p.Problem == null);
        Resolved("qwen3:8b").ContextWindow.ShouldBe(32768);
        Resolved("gemma3").UpstreamModel.ShouldBe("gemma3:latest");
        Resolved("qwen/qwen3.5-9b").ContextWindow.ShouldBe(16384);
        Resolved("demo").ContextWindow.ShouldBe(32768);
        // A program that is no backend is asked for its models, and nothing else.
        other.Asked.ShouldBe(["GET models"]);
    }

    [Fact]
    public async Task Only_what_is_looked_for_is_added()
    {
        await using var ollama = await RecordedBackend.StartAsync("001_ollama_with_loaded_and_unloaded_models");

        await ProviderRefresh.RefreshOnceAsync(_directory, DiscoveryPlan.At([ollama.Port], n => n == "vllm"), TimeProvider.System, CancellationToken.None);

        _directory.Current.Providers.Select(p => p.Provider.Name).ShouldBe(["demo"]);
    }

    [Fact]
    public async Task A_backend_that_ends_is_removed_and_one_that_does_not_answer_in_time_is_kept()
    {
        var refresh = Refresh();
        await using var busy = await RecordedBackend.StartAsync("007_vllm");
        var ending = await RecordedBackend.StartAsync("008_sglang");
        var plan = DiscoveryPlan.At([busy.Port, ending.Port], _ => true);
        await refresh.DiscoverAsync(plan, CancellationToken.None);
        _directory.Current.Providers.Select(p => p.Provider.Name).ShouldBe(["vllm", "sglang"]);

        var never = new TaskCompletionSource();
        busy.Gate = never.Task;
        await ending.DisposeAsync();
        await refresh.DiscoverAsync(plan, CancellationToken.None);
        never.SetResult();

        _directory.Current.Providers.Select(p => p.Provider.Name).ShouldBe(["vllm"]);
    }

    [Fact]
    public async Task An_answer_that_lasts_is_not_fetched_twice()
    {
        await using var ollama = await RecordedBackend.StartAsync("001_ollama_with_loaded_and_unloaded_models");
        var refresh = Refresh();
        await refresh.DiscoverAsync(DiscoveryPlan.At([ollama.Port], _ => true), CancellationToken.None);
        await refresh.AskAllAsync(CancellationToken.None);
        var known = _directory.Current;
        ollama.Asked.Clear();

        await refresh.AskAllAsync(CancellationToken.None);

        ollama.Asked.Order().ShouldBe(["GET /api/ps", "GET /api/tags"]);
        _directory.Current.ShouldBeSameAs(known);
    }

    [Fact]
    public async Task A_window_seen_while_the_model_was_loaded_is_remembered()
    {
        await using var ollama = await RecordedBackend.StartAsync("001_ollama_with_loaded_and_unloaded_models");
        var refresh = Refresh();
        await refresh.DiscoverAsync(DiscoveryPlan.At([ollama.Port], _ => true), CancellationToken.None);
        await refresh.AskAllAsync(CancellationToken.None);

        ollama.Answers["GET /api/ps"]!["models"]!.AsArray().Clear();
        await refresh.AskAllAsync(CancellationToken.None);

        Resolved("qwen3:8b").ContextWindow.ShouldBe(32768);
        Resolved("gemma3").ContextWindow.ShouldBe(4096);
    }

    [Fact]
    public async Task The_dialect_that_nobody_named_is_found_out()
    {
        await using var llama = await RecordedBackend.StartAsync("005_llamacpp_with_one_model");
        Configure(At("mine", llama.BaseAddress) with { DialectIsAssumed = true });

        await Refresh().AskAllAsync(CancellationToken.None);

        var provider = _directory.Current.Find("mine")!.Provider;
        provider.Dialect.Name.ShouldBe("llamacpp");
        provider.DialectIsAssumed.ShouldBeFalse();
        Resolved("mine/Qwen3-30B.gguf").ContextWindow.ShouldBe(65536);
    }

    [Fact]
    public async Task The_next_replica_is_asked_when_one_is_down()
    {
        await using var vllm = await RecordedBackend.StartAsync("007_vllm");
        var down = new Uri($"http://127.0.0.1:{await FreePortAsync()}/v1");
        Configure(At("two", down) with { Replicas = [down, vllm.BaseAddress] }, At("one", down));

        await Refresh().AskAllAsync(CancellationToken.None);

        _directory.Current.Find("two")!.Models.Length.ShouldBe(2);
        _directory.Current.Find("one")!.Problem.ShouldBe($"Cannot be reached at {down}: connection refused.");
    }

    [Fact]
    public async Task A_list_that_needs_a_key_is_fetched_with_the_one_in_the_environment()
    {
        await using var host = await RecordedBackend.StartAsync(RecordedBackend.Listing("m"));
        host.Key = "good-key";
        var keyed = At("keyed", host.BaseAddress) with { Key = new KeySource.EnvironmentVariable(KeyVariable) };
        Configure(keyed);
        var refresh = Refresh();
        try
        {
            await refresh.AskAllAsync(CancellationToken.None);
            _directory.Current.Find("keyed")!.Problem.ShouldBe($"The environment variable {KeyVariable} has no value; set it and start the gateway again.");
            host.Asked.ShouldBeEmpty();

            Environment.SetEnvironmentVariable(KeyVariable, "bad-key");
            await refresh.AskAllAsync(CancellationToken.None);
            _directory.Current.Find("keyed")!.Problem.ShouldBe($"Refuses the key in {KeyVariable} (401); check its value.");

            Environment.SetEnvironmentVariable(KeyVariable, "good-key");
            await refresh.AskAllAsync(CancellationToken.None);
            _directory.Current.Find("keyed")!.Problem.ShouldBeNull();
            _directory.Current.Find("keyed")!.Models.ShouldHaveSingleItem();
        }
        finally
        {
            Environment.SetEnvironmentVariable(KeyVariable, null);
        }
    }

    [Fact]
    public async Task A_clients_key_brings_the_list_of_its_host_once_and_the_list_stays()
    {
        await using var host = await RecordedBackend.StartAsync(RecordedBackend.Listing("hidden"));
        host.Key = "client-key";
        Configure(At("open", host.BaseAddress), At("other", new Uri($"http://127.0.0.1:{await FreePortAsync()}/v1")));
        var refresh = Refresh();
        await refresh.AskAllAsync(CancellationToken.None);
        _directory.Current.Find("open")!.Problem!.ShouldContain("ApiKeyEnv");

        var resolution = await refresh.ResolveAsync("hidden", "Bearer client-key", CancellationToken.None);

        resolution.ShouldBeOfType<ModelResolution.Resolved>().Provider.Provider.Name.ShouldBe("open");
        await refresh.AskAllAsync(CancellationToken.None);
        _directory.Current.Find("open")!.Models.ShouldHaveSingleItem();
        _directory.Current.Find("open")!.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_name_asks_once_for_all_who_wait_and_not_again_at_once()
    {
        await using var host = await RecordedBackend.StartAsync(RecordedBackend.Listing("late"));
        var open = new TaskCompletionSource();
        host.Gate = open.Task;
        Configure(At("a", host.BaseAddress), At("b", new Uri($"http://127.0.0.1:{await FreePortAsync()}/v1")));
        var refresh = Refresh();

        var waiting = Enumerable.Range(0, 20).Select(_ => refresh.ResolveAsync("late", null, CancellationToken.None).AsTask()).ToArray();
        open.SetResult();
        var resolutions = await Task.WhenAll(waiting);

        resolutions.ShouldAllBe(r => r is ModelResolution.Resolved);
        host.Asked.Count.ShouldBe(1);
        (await refresh.ResolveAsync("never", null, CancellationToken.None)).ShouldBeOfType<ModelResolution.Unknown>();
        host.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"error":"no"}""", "Answered something else than a list of models")]
    [InlineData("[]", null)]
    public async Task An_answer_that_is_no_list_is_said(string answer, string? problem)
    {
        await using var host = await RecordedBackend.StartAsync([new("GET models", System.Text.Json.Nodes.JsonNode.Parse(answer))]);
        Configure(At("odd", host.BaseAddress));

        await Refresh().AskAllAsync(CancellationToken.None);

        if (problem is null)
            _directory.Current.Find("odd")!.Problem.ShouldBeNull();
        else
            _directory.Current.Find("odd")!.Problem!.ShouldStartWith(problem);
    }

    private ProviderRefresh Refresh()
    {
        var discovery = new Discovery(_client, TimeProvider.System);
        return new ProviderRefresh(_directory, discovery, new ModelListReader(_client, discovery, TimeProvider.System), TimeProvider.System);
    }

    private void Configure(params Provider[] providers) =>
        _directory.Update(_ => Of([.. providers.Select(p => new ProviderView(p, [], AskedAt: null, Problem: null))]));

    private ModelResolution.Resolved Resolved(string name) => ModelResolver.Resolve(_directory.Current, name).ShouldBeOfType<ModelResolution.Resolved>();

    private static Provider At(string name, Uri address) => new(name, ProviderOrigin.Configured, DialectRegistry.Generic, [address]);

    private static async Task<int> FreePortAsync()
    {
        await using var ended = await RecordedBackend.StartAsync([]);
        return ended.Port;
    }
}
