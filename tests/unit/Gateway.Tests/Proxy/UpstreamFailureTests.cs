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
    [InlineData("<html><head><style>p{}</style><title>502</title></head><body><h1>Bad&amp;Gate</h1>\n<p>way</p></body></html>", "Bad&Gate way")]
    [InlineData("<html><head><title>502 Bad Gateway</title></head><body></body></html>", "502 Bad Gateway")]
    [InlineData("""{"error":{"message":"<html><body><h1>502</h1> Bad <b>Gateway</b></body></html>"}}""", "502 Bad Gateway")]
    [InlineData("""{"error":{"message":"unexpected <tool_call> in the prompt"}}""", "unexpected <tool_call> in the prompt")]
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

        var failure = UpstreamFailure.Explain(Provider, "m", fault, retryAfter: null, new Redaction([new Secret("sk-secret")]));

        failure.Message.ShouldBe(
            "Provider 'acme' answered 401: Incorrect API key: [key]. It refuses the key in ACME_KEY; set a valid one and restart the gateway. "
            + "This checks it: `curl -sS -H \"Authorization: Bearer $ACME_KEY\" http://127.0.0.1:9/v1/models`.");
    }

    [Theory]
    [InlineData(529, "Sorry", "is overloaded: Sorry.")]
    [InlineData(503, "The engine is currently overloaded, please try again later", "is overloaded: The engine")]
    [InlineData(503, "Service Unavailable", "answered 503: Service Unavailable.")]
    [InlineData(503, "That model is at capacity, try again in 3s", "is overloaded: That model")]
    public void An_overload_is_called_by_its_name(int status, string said, string words)
    {
        var failure = UpstreamFailure.Explain(
            Provider, "m", UpstreamErrorBody.Read(Encoding.UTF8.GetBytes(said), status), retryAfter: null, Redaction.None);

        failure.Kind.ShouldBe(FailureKind.BackendError);
        failure.Message.ShouldContain(words);
        (failure.RetryAfter == TimeSpan.FromSeconds(3)).ShouldBe(said.Contains("3s"));
    }

    [Fact]
    public void A_long_message_is_cut_after_its_keys_are_hidden()
    {
        const string key = "sk-q7Zt9WmRb4xKd2Vf8s";
        for (var before = 975; before <= 1005; before++)
        {
            var body = "<html><body>" + new string('-', before) + key + " and more of it</body></html>";

            var failure = UpstreamFailure.Explain(
                Provider, "m", UpstreamErrorBody.Read(Encoding.UTF8.GetBytes(body), 500), retryAfter: null, new Redaction([new Secret(key)]));

            failure.Message.ShouldNotContain("sk-", customMessage: $"after {before} characters");
            failure.Message.Length.ShouldBeLessThan(1100);
        }
    }

    [Fact]
    public void A_code_may_hold_a_key_too()
    {
        var fault = UpstreamErrorBody.Read("""{"error":{"message":"No.","code":"bad_sk-q7Zt9WmRb4xKd2Vf8s"}}"""u8, 400);

        UpstreamFailure.Explain(Provider, "m", fault, retryAfter: null, new Redaction([new Secret("sk-q7Zt9WmRb4xKd2Vf8s")])).Code.ShouldBe("bad_[key]");
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
