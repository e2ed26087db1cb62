using System.Text.Json;

namespace Codex.ConfigTool.Tests.CommandLine;

public sealed class ModelsCommandTests
{
    private const string Key = "ak-live-0123456789abcdef";
    private const string TwoModels = """{"data":[{"id":"openai/gpt-oss-20b"},{"id":"acme/own"}]}""";

    [Fact]
    public void Lists_the_models_of_the_default_provider_with_windows_and_marks_the_model_in_use()
    {
        using var server = new ModelsServer(200, TwoModels);
        using var run = Home(server.BaseUrl);
        run.Variables["K"] = Key;

        var outcome = run.Run("models");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Output.ReplaceLineEndings("\n").ShouldBe("  acme/own\n* openai/gpt-oss-20b     131072 tokens\n");
        server.Requests.ShouldBe([$"GET /v1/models Bearer {Key}"]);
    }

    [Fact]
    public void Prints_json()
    {
        using var server = new ModelsServer(200, TwoModels);
        using var run = Home(server.BaseUrl);
        run.Variables["K"] = Key;

        using var json = JsonDocument.Parse(run.Run("models tensormesh --json").Output);

        json.RootElement.GetProperty("provider").GetString().ShouldBe("tensormesh");
        json.RootElement.GetProperty("models")[1].GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe("""{"id":"openai/gpt-oss-20b","contextWindow":131072,"isDefault":true}""");
    }

    [Fact]
    public void Takes_the_key_of_the_key_file_before_that_of_the_shell_as_codex_does()
    {
        using var server = new ModelsServer(200, TwoModels);
        using var run = Home(server.BaseUrl);
        run.Variables["K"] = "of-the-shell";
        File.WriteAllText(Path.Combine(run.CodexHome, ".env"), $"export K='{Key}' # mine\n");

        run.Run("models").ExitCode.ShouldBe(0);

        server.Requests.ShouldBe([$"GET /v1/models Bearer {Key}"]);
    }

    [Theory]
    [InlineData(401, "{}", "answers 401")]
    [InlineData(200, "<html>", "no list of models")]
    [InlineData(302, "", "answers 302")]
    public void Says_why_the_server_gave_no_list_and_never_prints_the_key(int status, string body, string reason)
    {
        using var server = new ModelsServer(status, body);
        using var run = Home(server.BaseUrl);
        run.Variables["K"] = Key;

        var outcome = run.Run("models");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain(reason);
        (outcome.Output + outcome.Error).ShouldNotContain(Key);
    }

    [Theory]
    [InlineData("models", "K is not set")]
    [InlineData("models nowhere", "no provider 'nowhere'")]
    [InlineData("models openai", "Codex chooses the models")]
    public void Refuses_what_cannot_be_asked(string arguments, string reason)
    {
        using var run = Home("http://127.0.0.1:9/v1");

        var outcome = run.Run(arguments);

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain(reason);
    }

    private static ToolRun Home(string baseUrl) => new()
    {
        Config = $"""
            model_provider = "tensormesh"
            model = "openai/gpt-oss-20b"

            [model_providers.tensormesh]
            name = "tensormesh"
            base_url = "{baseUrl}"
            env_key = "K"
            """,
    };
}
