using System.Text;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Gateway.Warmth;
using Codex.Translation.Dialects;
using Codex.Translation.Text;

namespace Codex.Gateway.Tests.Warmth;

public sealed class ColdSignTests
{
    private const string Fireworks = """{"error":{"message":"Deployment is currently scaled to zero.","code":"DEPLOYMENT_SCALING_UP","type":"error"}}""";

    [Theory]
    [InlineData("llamacpp", 503, WarmthBench.Loading, false, true)]
    [InlineData("generic", 503, """{"error":"Model x is currently loading","estimated_time":20}""", false, true)]
    [InlineData("generic", 503, "overloaded", false, false)]
    [InlineData("generic", 503, "Service Unavailable", false, false)]
    [InlineData("generic", 429, "The deployment is starting up, retry", false, true)]
    [InlineData("generic", 429, "Too many requests", false, false)]
    [InlineData("generic", 500, "error loading model: out of memory", false, false)]
    [InlineData("ollama", 500, "error loading model: out of memory", false, false)]
    [InlineData("huggingface", 503, "", false, true)]
    [InlineData("huggingface", 500, "The endpoint is scaled to zero", false, true)]
    [InlineData("huggingface", 500, "boom", false, false)]
    [InlineData("tensormesh", 503, "", false, true)]
    [InlineData("coreweave", 503, "The engine is currently overloaded, please try again later", false, true)]
    [InlineData("fireworks", 503, Fireworks, false, true)]
    [InlineData("featherless", 400, "The model is cold", false, true)]
    [InlineData("featherless", 400, "No such field", false, false)]
    [InlineData("generic", 404, "model 'm' not found", true, true)]
    [InlineData("generic", 404, "<html>404 page not found</html>", true, true)]
    [InlineData("generic", 404, "model 'm' not found", false, false)]
    [InlineData("huggingface", 404, "not found", true, true)]
    [InlineData("ollama", 404, "model 'm' not found", true, false)]
    [InlineData("vllm", 404, "The model `m` does not exist.", true, false)]
    public void What_a_backend_says_while_a_model_is_not_there_yet_is_known(string dialect, int status, string body, bool wasListed, bool isCold)
    {
        var provider = Lab(dialect);
        var fault = UpstreamErrorBody.Read(Encoding.UTF8.GetBytes(body), status);

        var failure = ColdSigns.Read(UpstreamFailure.Explain(provider, "m", fault, retryAfter: null, Redaction.None), provider, wasListed);

        (failure.Kind == FailureKind.Cold).ShouldBe(isCold);
    }

    [Theory]
    [InlineData(FailureKind.Unreachable, 502, true)]
    [InlineData(FailureKind.BackendError, 502, true)]
    [InlineData(FailureKind.BackendError, 503, true)]
    [InlineData(FailureKind.TimedOut, 504, true)]
    [InlineData(FailureKind.BackendError, 500, false)]
    [InlineData(FailureKind.WrongKey, 401, false)]
    public void A_backend_that_starts_on_demand_is_coming_up_when_it_cannot_be_reached(FailureKind kind, int status, bool isCold)
    {
        var failure = new Failure(kind, status, "x");
        var starts = Lab("generic") with { ColdStart = ColdStart.Default with { StartsOnDemand = true } };

        (ColdSigns.Read(failure, starts, wasListed: true).Kind == FailureKind.Cold).ShouldBe(isCold);
        ColdSigns.Read(failure, Lab("generic"), wasListed: true).ShouldBe(failure);
    }

    [Fact]
    public void A_model_that_was_listed_once_may_be_one_that_is_hidden_while_it_is_cold()
    {
        using var bench = new WarmthBench(models: new ProviderModel("m"));
        var failure = new Failure(FailureKind.UnknownModel, 404, "gone");
        bench.Directory.Update(s => s with { Providers = [s.Providers[0] with { Models = [] }] });

        bench.Warmth.Read(bench.Exchange(), failure).Kind.ShouldBe(FailureKind.Cold);
        bench.Warmth.Read(bench.Exchange(model: "never"), failure).Kind.ShouldBe(FailureKind.UnknownModel);
    }

    private static Provider Lab(string dialect) => new("lab", ProviderOrigin.Configured, DialectRegistry.Find(dialect)!, [new Uri("http://lab.invalid/v1")]);
}
