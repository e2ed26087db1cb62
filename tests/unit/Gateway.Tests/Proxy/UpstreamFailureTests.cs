using System.Text;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Translation.Dialects;
using Codex.Translation.Text;

namespace Codex.Gateway.Tests.Proxy;

public sealed class UpstreamFailureTests
{
    private static readonly Provider Provider =
        new("acme", ProviderOrigin.Configured, DialectRegistry.Generic, [new Uri("http://127.0.0.1:9/v1")])
        {
            Key = new KeySource.EnvironmentVariable("ACME_KEY"),
        };

    [Theory]
    [InlineData("""{"error":{"message":"object","type":"t","code":"c"}}""", "object")]
    [InlineData("""{"error":"string"}""", "string")]
    [InlineData("""{"detail":[{"loc":["body"],"msg":"field required"},{"msg":"second"}]}""", "field required; second")]
    [InlineData("""{"detail":"plain detail"}""", "plain detail")]
    [InlineData("""{"message":"bare"}""", "bare")]
    [InlineData("""{"title":"Bad","status":422}""", "Bad")]
    [InlineData("<html><head><style>p{}</style><title>502</title></head><body><h1>Bad&amp;Gate</h1>\n<p>way</p></body></html>", "502 Bad&Gate way")]
    [InlineData("just text", "just text")]
    [InlineData("""{"error":{"message":"cut""", """{"error":{"message":"cut""")]
    [InlineData("", "")]
    public void Every_shape_of_an_error_body_gives_its_words(string body, string message) =>
        UpstreamErrorBody.Read(Encoding.UTF8.GetBytes(body), 502).Message.ShouldBe(message);

    [Theory]
    [InlineData(400, "bad field", FailureKind.InvalidRequest)]
    [InlineData(400, "maximum context length is 4096 tokens", FailureKind.ContextTooLong)]
    [InlineData(401, "no", FailureKind.WrongKey)]
    [InlineData(402, "no", FailureKind.NoQuota)]
    [InlineData(403, "no", FailureKind.WrongKey)]
    [InlineData(404, "model 'x' not found", FailureKind.UnknownModel)]
    [InlineData(404, "page not found", FailureKind.InvalidRequest)]
    [InlineData(429, "slow down", FailureKind.RateLimited)]
    [InlineData(429, "You exceeded your current quota", FailureKind.NoQuota)]
    [InlineData(500, "boom", FailureKind.BackendError)]
    [InlineData(503, "Loading model", FailureKind.Cold)]
    [InlineData(503, "overloaded", FailureKind.BackendError)]
    [InlineData(504, "", FailureKind.TimedOut)]
    public void Status_and_words_tell_whose_it_is(int status, string words, FailureKind kind)
    {
        var fault = UpstreamErrorBody.Read(Encoding.UTF8.GetBytes(words), status);

        var failure = UpstreamFailure.Explain(Provider, "m", fault, retryAfter: null, Redaction.None);

        failure.Kind.ShouldBe(kind);
        failure.Message.ShouldContain("'acme'");
        failure.Message.ShouldEndWith(".");
    }

    [Fact]
    public void A_refused_key_names_its_variable_and_hides_its_value()
    {
        var fault = UpstreamErrorBody.Read("""{"error":{"message":"Incorrect API key: sk-secret"}}"""u8, 401);

        var failure = UpstreamFailure.Explain(Provider, "m", fault, retryAfter: null, new Redaction(["sk-secret"]));

        failure.Message.ShouldBe(
            "Provider 'acme' answered 401: Incorrect API key: [key]. It refuses the key in ACME_KEY; set a valid one and restart the gateway.");
    }

    [Fact]
    public void A_sign_of_the_dialect_comes_before_the_common_reading()
    {
        var cold = Provider with { Dialect = new Dialect { Name = "x", FaultSigns = [new FaultSign(400, "is cold", FaultMeaning.Cold)] } };
        var fault = UpstreamErrorBody.Read("model is cold"u8, 400);

        var failure = UpstreamFailure.Explain(cold, "m", fault, retryAfter: null, Redaction.None);

        failure.Kind.ShouldBe(FailureKind.Cold);
        failure.RetryAfter.ShouldNotBeNull();
    }
}
