using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Dialects;

public class BackendRegistryTests
{
    [Theory]
    [InlineData("https://openrouter.ai/api/v1", "openrouter")]
    [InlineData("https://serverless.tensormesh.ai/v1", "tensormesh")]
    [InlineData("https://api.deepseek.com", "deepseek")]
    [InlineData("https://API.Groq.com/openai/v1", "groq")]
    [InlineData("https://notopenrouter.ai/v1", null)]
    [InlineData("https://openrouter.ai.evil.example/v1", null)]
    [InlineData("http://127.0.0.1:11434/v1", null)]
    public void A_host_is_known_by_its_name_and_names_below_it(string address, string? expected) =>
        BackendRegistry.ForHost(new Uri(address))?.Name.ShouldBe(expected);

    [Fact]
    public void Names_and_ports_are_unique()
    {
        BackendRegistry.All.Select(b => b.Name).ShouldBeUnique();
        DiscoveryPlan.WellKnown(_ => true).Places.Select(p => p.Port).ShouldBe([11434, 1234, 30000, 8000, 8080]);
        BackendRegistry.All.SelectMany(b => b.HostNames).ShouldBeUnique();
    }

    [Fact]
    public void Every_dialect_but_the_demos_has_a_backend_and_the_other_way_round() =>
        BackendRegistry.All.Select(b => b.Name).Order().ShouldBe(DialectRegistry.All.Select(d => d.Name).Where(n => n != "demo").Order());

    [Theory]
    [InlineData("http://h:1/v1", "models", "http://h:1/v1/models")]
    [InlineData("http://h:1/v1/", "models", "http://h:1/v1/models")]
    [InlineData("http://h:1/v1", "/api/tags", "http://h:1/api/tags")]
    [InlineData("http://h:1/proxy/v1", "/props", "http://h:1/proxy/props")]
    [InlineData("https://h/api", "/props", "https://h/api/props")]
    public void A_question_goes_below_the_base_address_or_to_the_servers_root(string baseAddress, string path, string expected) =>
        new BackendQuestion(path).AddressAt(new Uri(baseAddress)).AbsoluteUri.ShouldBe(expected);
}
