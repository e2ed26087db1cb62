using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;
using static Codex.Gateway.Tests.Providers.Snapshots;

namespace Codex.Gateway.Tests.Providers;

public class DiscoveredProvidersTests
{
    private static readonly Uri Place = new("http://127.0.0.1:11434/v1");

    private static readonly Uri Other = new("http://127.0.0.1:8000/v1");

    [Fact]
    public void What_is_found_is_added_under_its_dialects_name_or_the_next_free_one()
    {
        var snapshot = Of(Configured("Ollama", "x"), Embedded());

        var after = DiscoveredProviders.Apply(snapshot, [Found(Place, "ollama"), Found(Other, "ollama")]);

        Names(after).ShouldBe(["Ollama", "demo", "ollama-2", "ollama-3"]);
        after.Find("ollama-2")!.Provider.Key.ShouldBe(new KeySource.NoKey());
        after.Find("ollama-2")!.Provider.Dialect.Name.ShouldBe("ollama");
    }

    [Fact]
    public void Nothing_new_leaves_the_snapshot_as_it_is()
    {
        var snapshot = DiscoveredProviders.Apply(Of(Embedded()), [Found(Place, "ollama")]);

        DiscoveredProviders.Apply(snapshot, [Found(Place, "ollama"), new Finding.Nothing(Other)]).ShouldBeSameAs(snapshot);
        DiscoveredProviders.Apply(snapshot, [new Finding.Unclear(Place)]).ShouldBeSameAs(snapshot);
    }

    [Fact]
    public void What_is_gone_is_removed_and_what_has_changed_is_replaced()
    {
        var snapshot = DiscoveredProviders.Apply(Of(Embedded()), [Found(Place, "ollama"), Found(Other, "vllm")]);

        Names(DiscoveredProviders.Apply(snapshot, [new Finding.Nothing(Place), Found(Other, "sglang")])).ShouldBe(["demo", "sglang"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:11434/v1")]
    [InlineData("http://localhost:11434/v1")]
    [InlineData("http://[::1]:11434/v1")]
    public void A_configured_provider_at_the_same_address_is_enough(string address)
    {
        var configured = Configured("mine", "x").With(p => p with { Replicas = [new Uri("http://far.invalid/v1"), new Uri(address)] });

        Names(DiscoveredProviders.Apply(Of(configured, Embedded()), [Found(Place, "ollama")])).ShouldBe(["mine", "demo"]);

        var before = DiscoveredProviders.Apply(Of(Embedded()), [Found(Place, "ollama")]);
        var added = before with { Providers = before.Providers.Insert(0, configured) };
        Names(DiscoveredProviders.Apply(added, [Found(Place, "ollama")])).ShouldBe(["mine", "demo"]);
    }

    private static Finding.Found Found(Uri place, string backend) => new(place, BackendRegistry.For(backend));

    private static IEnumerable<string> Names(ProviderSnapshot snapshot) => snapshot.Providers.Select(p => p.Provider.Name);
}
