namespace Codex.Contract.Tests.Providers;

public sealed class ProviderVariablesTests
{
    [Theory]
    [InlineData("https://api.groq.com/openai/v1", null, "groq")]
    [InlineData("https://api.mistral.ai/v1", null, "mistral")]
    [InlineData("http://127.0.0.1:9/v1", null, "generic")]
    [InlineData("http://127.0.0.1:9/v1", "vLLM", "vllm")]
    public void The_dialect_is_the_one_named_or_that_of_the_host(string address, string? named, string expected)
    {
        var read = ProviderVariables.Read(Variables(("PROVIDER_BASE_URL", address), ("PROVIDER_MODEL", "m"), ("PROVIDER_DIALECT", named)));

        read.Dialect.Name.ShouldBe(expected);
        read.Key.ShouldBeNull();
    }

    [Fact]
    public void Nothing_set_means_no_provider() => ProviderVariables.Read(_ => null).BaseUrl.ShouldBeNull();

    [Theory]
    [InlineData("localhost", "m", null, null, "PROVIDER_BASE_URL is no address: localhost.")]
    [InlineData("http://127.0.0.1:9/v1", " ", null, null, "PROVIDER_MODEL is not set")]
    [InlineData("http://127.0.0.1:9/v1", "m", "klingon", null, "PROVIDER_DIALECT is none of: generic, demo,")]
    [InlineData("http://127.0.0.1:9/v1", "m", null, "8k", "PROVIDER_CONTEXT_WINDOW is no number of tokens: 8k.")]
    public void A_mistake_names_its_variable(string address, string model, string? dialect, string? window, string expected) =>
        Should.Throw<FormatException>(() => ProviderVariables.Read(Variables(
                ("PROVIDER_BASE_URL", address), ("PROVIDER_MODEL", model), ("PROVIDER_DIALECT", dialect), ("PROVIDER_CONTEXT_WINDOW", window))))
            .Message.ShouldStartWith(expected);

    private static Func<string, string?> Variables(params (string Name, string? Value)[] set) =>
        name => set.FirstOrDefault(v => v.Name == name).Value;
}
