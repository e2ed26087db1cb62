using System.Text.Json;

namespace Codex.ConfigTool.Tests.Doctor;

/// <summary><c>--network=full</c>: one real request.</summary>
public sealed class ProbeTests
{
    private const string Listed = """{"data":[{"id":"mini"}]}""";

    [Theory]
    [InlineData(200, """{"object":"response","output":[]}""", "")]
    [InlineData(200, """{"object":"chat.completion"}""", "E13 6")]
    [InlineData(200, "<html>hello</html>", "E13 6")]
    [InlineData(404, """{"detail":"Not Found"}""", "E13 6")]
    [InlineData(405, "", "E13 6")]
    [InlineData(404, """{"error":{"message":"Model 'mini' not found"}}""", "W18 6")]
    [InlineData(400, """{"error":{"message":"no such tool"}}""", "W19 6")]
    [InlineData(401, "{}", "E11 6")]
    [InlineData(429, "{}", "W19 6")]
    [InlineData(503, "{}", "W19 6")]
    public void A_real_request_tells_whether_the_server_speaks_as_codex_wants(int status, string body, string codes)
    {
        using var server = new ModelsServer(status, body) { Instead = path => path.EndsWith("/models", StringComparison.Ordinal) ? (200, Listed) : null };
        using var run = DoctorHome.At(server.BaseUrl, "env_key = \"K\"");
        run.Variables["K"] = "some-key";

        DoctorHome.Codes(run, "--network=full").ShouldBe(codes);

        server.Requests.ShouldBe(["GET /v1/models Bearer some-key", "POST /v1/responses Bearer some-key"]);
        using var sent = JsonDocument.Parse(server.Bodies[1]);
        sent.RootElement.GetRawText().ShouldBe("""{"model":"mini","input":"ping","stream":false,"store":false,"max_output_tokens":16}""");
    }

    [Fact]
    public void A_model_that_is_not_listed_and_not_found_is_a_wrong_name()
    {
        using var server = new ModelsServer(404, """{"error":"Model 'mini' not found"}""") { Instead = path => path.EndsWith("/models", StringComparison.Ordinal) ? (200, """{"data":[{"id":"other"}]}""") : null };
        using var run = DoctorHome.At(server.BaseUrl);

        DoctorHome.Codes(run, "--network=full").ShouldBe("E12 2|E12 6");
    }

    [Fact]
    public void A_server_without_a_list_of_models_is_asked_all_the_same()
    {
        using var server = new ModelsServer(404, "{}") { Instead = path => path.EndsWith("/responses", StringComparison.Ordinal) ? (200, """{"object":"response"}""") : null };
        using var run = DoctorHome.At(server.BaseUrl);

        DoctorHome.Codes(run, "--network=full").ShouldBe("W19 6");
        run.Run("doctor --network=full").Output.ShouldContain("/v1/responses answers as Codex wants it");
    }

    [Theory]
    [InlineData("--network", 1)]
    [InlineData("--network=full", 2)]
    [InlineData("--network own", 1)]
    [InlineData("--network --strict own", 1)]
    [InlineData("own --network=full", 2)]
    [InlineData("--network=full own", 2)]
    public void The_option_takes_full_and_no_other_word(string arguments, int requests)
    {
        using var server = new ModelsServer(200, Listed);
        using var run = DoctorHome.At(server.BaseUrl);

        var outcome = run.Run($"doctor {arguments}");

        outcome.ExitCode.ShouldBeOneOf(0, 8);
        outcome.Output.ShouldContain("provider 'own'");
        server.Requests.Count.ShouldBe(requests);
    }

    [Theory]
    [InlineData("--network=more")]
    [InlineData("own --network more")]
    public void Another_word_is_a_usage_error(string arguments)
    {
        using var run = DoctorHome.At("http://127.0.0.1:9/v1");

        run.Run($"doctor {arguments}").ExitCode.ShouldBe(2);
    }
}
