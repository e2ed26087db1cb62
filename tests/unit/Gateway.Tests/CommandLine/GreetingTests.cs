using Codex.Gateway.CommandLine;
using Codex.Gateway.Providers;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.CommandLine;

public class GreetingTests
{
    [Fact]
    public void The_lines_to_paste_use_the_bound_address_and_the_demo_model_when_there_is_no_other()
    {
        var text = Write(EmbeddedProvider.AddTo(ProviderSnapshot.Empty));
        text.ShouldContain("""  curl http://127.0.0.1:1234/v1/responses -H 'content-type: application/json' -d '{"model":"demo","input":"Say hello."}'""" + Environment.NewLine);
        text.ShouldContain("codex exec --skip-git-repo-check -s workspace-write -c model_provider=gw ");
        text.ShouldContain(
            """'model_providers.gw={name="gw",base_url="http://127.0.0.1:1234/v1",model_catalog_url="http://127.0.0.1:1234/v1/models",experimental_bearer_token="none"}'""");
        text.ShouldContain(" -m demo \"create hello.txt");
        text.ShouldEndWith("  http://127.0.0.1:1234/v1" + Environment.NewLine);
    }

    [Fact]
    public void A_real_model_that_writes_text_and_needs_no_quotes_goes_before_the_demo()
    {
        var provider = new Provider("local", ProviderOrigin.Discovered, DialectRegistry.Generic, [new Uri("http://127.0.0.1:1/v1")]);
        var view = new ProviderView(provider, [new("embed") { WritesText = false }, new("it's odd"), new("qwen3:8b")], AskedAt: null, Problem: null);
        var text = Write(EmbeddedProvider.AddTo(new ProviderSnapshot([view], null, ProviderSnapshot.Empty.Models)));
        text.ShouldContain("""{"model":"qwen3:8b",""");
        text.ShouldContain(" -m qwen3:8b ");
    }

    [Fact]
    public void A_context_window_that_is_only_assumed_is_told_in_one_line_with_the_way_to_raise_it()
    {
        var provider = new Provider("local", ProviderOrigin.Discovered, DialectRegistry.Generic, [new Uri("http://127.0.0.1:1/v1")]);
        var view = new ProviderView(
            provider,
            [new("big") { ContextWindow = 100_000 }, new("a") { ContextWindow = 4096, Note = "Raise it." }, new("b") { Note = "Raise it, too." }],
            AskedAt: null,
            Problem: null);
        var snapshot = EmbeddedProvider.AddTo(new ProviderSnapshot([view], null, ProviderSnapshot.Empty.Models));
        Write(snapshot).ShouldContain("Context window of a (1 more like it): Raise it." + Environment.NewLine);
        var settled = ProviderSnapshot.Empty.Models.Add("a", new ModelSettings("local/a") { ContextWindow = 8192 }).Add("b", new ModelSettings("local/b") { ContextWindow = 8192 });
        Write(snapshot with { Models = settled }).ShouldNotContain("Context window of");
    }

    private static string Write(ProviderSnapshot snapshot)
    {
        using var output = new StringWriter();
        Greeting.Write(output, ["http://127.0.0.1:1234"], snapshot);
        return output.ToString();
    }
}
