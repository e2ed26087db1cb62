using System.Text.Json;
using Codex.ConfigTool.Doctor;

namespace Codex.ConfigTool.Tests.Doctor;

public sealed class CheckTests
{
    private const string Key = "ak-live-0123456789abcdef";
    private const string Healthy = """
        model_provider = "tensormesh"
        model = "MiniMaxAI/MiniMax-M2.5"
        model_context_window = 196608

        [model_providers.tensormesh]
        name = "tensormesh"
        base_url = "https://serverless.tensormesh.ai/v1"
        wire_api = "responses"
        env_key = "TENSORMESH_INFERENCE_API_KEY"

        """;

    [Fact]
    public void Finds_nothing_in_what_add_provider_writes()
    {
        using var run = Home(null);
        run.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(0);

        Codes(run).ShouldBe("");
        run.Run("doctor --strict").ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("wire_api = \"responses\"", "wire_api = \"chat\"", "E02 8")]
    [InlineData("model_provider = \"tensormesh\"", "model_provider = \"tensormsh\"", "E04 1")]
    [InlineData("name = \"tensormesh\"", "", "E05 5")]
    [InlineData("model_provider = \"tensormesh\"", "model_provider = \"tensormesh\"\nprofile = \"x\"", "E06 2")]
    [InlineData("env_key = ", "auth = { command = \"pass\" }\nenv_key = ", "E07 10")]
    [InlineData("\"TENSORMESH_INFERENCE_API_KEY\"", "\"UNSET_VARIABLE\"", "E08 9")]
    [InlineData("https://serverless.tensormesh.ai/v1", "serverless.tensormesh.ai/v1", "E09 7")]
    [InlineData("https://serverless.tensormesh.ai/v1", "https://serverless.tensormesh.ai/v1/responses", "E09 7")]
    [InlineData("https://serverless.tensormesh.ai/v1", "https://api.deepseek.com/v1", "E13 7")]
    [InlineData("\"TENSORMESH_INFERENCE_API_KEY\"", "\"ak-live-0123456789abcdef\"", "E14 9")]
    [InlineData("env_key = ", "model_reasoning_effort = \"low\"\nenv_key = ", "W01 9")]
    [InlineData("[model_providers", "[features]\nmodel_provider = \"x\"\n[model_providers", "W01 6")]
    [InlineData("wire_api = ", "max_retries = 2\nwire_api = ", "W02 8")]
    [InlineData("model_context_window = 196608", "model_context_window = 196608\nauto_compact_token_limit = 9", "W02 4")]
    [InlineData("model_context_window = 196608", "model_context_window = 196608\nmodel_reasoning_efort = \"low\"", "W02 4")]
    [InlineData("env_key = ", "[profiles.old]\nmodel = \"x\"\n[model_providers.other]\nname = \"o\"\nenv_key = ", "W20 5|W04 9")]
    [InlineData("model_context_window = 196608", "", "W05 2")]
    [InlineData("196608", "272000", "W05 3")]
    [InlineData("wire_api = ", "experimental_bearer_token = \"sk-0123456789abcdef\"\nwire_api = ", "W06 8")]
    [InlineData("wire_api = ", "http_headers = { Authorization = \"Bearer 0123456789abcdef\" }\nwire_api = ", "W06 8")]
    [InlineData("wire_api = \"responses\"\n", "wire_api = \"responses\"\r\n", "W07 -")]
    [InlineData("tensormesh.ai/v1", "tensormesh.ai", "W08 7")]
    [InlineData("https://serverless.tensormesh.ai", "http://models.example", "W09 7")]
    [InlineData("serverless.tensormesh", "serverles.tensormesh", "W14 7")]
    [InlineData("MiniMaxAI/MiniMax-M2.5", "MiniMax-M2.5", "W15 2")]
    public void A_fault_is_found_with_its_line(string healthy, string faulty, string expected)
    {
        using var run = Home(Healthy.ReplaceLineEndings("\n").Replace(healthy, faulty, StringComparison.Ordinal));
        run.Variables["TENSORMESH_INFERENCE_API_KEY"] = Key;

        Codes(run).ShouldBe(expected);

        var outcome = run.Run("doctor --strict");
        outcome.ExitCode.ShouldBe(expected.Contains('E', StringComparison.Ordinal) ? 8 : expected.Length > 0 ? 9 : 0);
        run.Run("doctor").ExitCode.ShouldBe(expected.Contains('E', StringComparison.Ordinal) ? 8 : 0);
        outcome.Output.ShouldNotContain("0123456789abcdef");
    }

    [Fact]
    public void A_window_left_from_another_provider_is_told_of()
    {
        using var run = Home("model = \"gpt-5.5\"\nmodel_context_window = 196608\n");

        Codes(run).ShouldBe("W27 2");
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("ollama")]
    [InlineData("lmstudio")]
    public void A_table_of_a_provider_of_codex_is_an_error(string id)
    {
        using var run = Home($"[model_providers.{id}]\nname = \"x\"\nbase_url = \"http://127.0.0.1:1/v1\"\n");

        Codes(run).ShouldBe("E03 1");
    }

    [Fact]
    public void A_provider_that_may_not_be_the_default_is_an_error()
    {
        using var run = Home("model_provider = \"ollama-chat\"\n[model_providers.ollama-chat]\nname = \"x\"\nbase_url = \"http://127.0.0.1:1/v1\"\n");

        Codes(run).ShouldBe("E03 1");
    }

    [Fact]
    public void A_vendor_without_responses_is_an_error_that_names_the_gateway()
    {
        using var run = Home("model_provider = \"deepseek\"\n[model_providers.deepseek]\nname = \"d\"\nbase_url = \"https://api.deepseek.com/v1\"\n");

        Codes(run).ShouldBe("E13 4|W20 2");
        run.Run("doctor").Output.ShouldContain("codex-config add-provider deepseek --via-gateway");
    }

    [Theory]
    [InlineData("ak-dev-0123456789abcdef", "begins with ak-dev-")]
    [InlineData("ak-staging-0123456789abcdef", "begins with ak-staging-")]
    [InlineData("sk-0123456789abcdef", "does not begin with ak-")]
    [InlineData("ak-live-0123456789 abcdef", "holds blanks")]
    public void A_key_for_somewhere_else_is_told_by_its_beginning(string key, string reason)
    {
        using var run = Home(Healthy);
        run.Variables["TENSORMESH_INFERENCE_API_KEY"] = key;

        Codes(run).ShouldBe("E15 9");

        var outcome = run.Run("doctor");
        outcome.Output.ShouldContain(reason);
        outcome.Output.ShouldNotContain("0123456789");
    }

    [Fact]
    public void A_stale_line_in_the_key_file_is_found()
    {
        using var run = Home(Healthy);
        run.Variables["TENSORMESH_INFERENCE_API_KEY"] = Key;
        File.WriteAllText(Path.Combine(run.CodexHome, ".env"), "TENSORMESH_INFERENCE_API_KEY=ak-live-old\n");

        Codes(run).ShouldBe("W13 9");
    }

    [Fact]
    public void An_alias_with_full_auto_and_a_missing_codex_are_found()
    {
        using var run = Home(Healthy);
        run.Variables["TENSORMESH_INFERENCE_API_KEY"] = Key;
        run.Variables["PATH"] = run.Folder;
        Directory.CreateDirectory(Path.Combine(run.Folder, "user"));
        File.WriteAllText(Path.Combine(run.Folder, "user", ".zshrc"), "# alias c='codex --full-auto'\nalias c='codex --full-auto'\n");

        Codes(run).ShouldBe("W16 -|W17 -");
        run.Run("doctor").Output.ShouldContain("~/.zshrc:2 calls codex with --full-auto");
    }

    [Theory]
    [InlineData(200, """{"data":[{"id":"Mini"}]}""", "Mini", "")]
    [InlineData(200, """{"data":[{"id":"Mini"}]}""", "Mimi", "E12 2")]
    [InlineData(200, """{"data":[{"id":"Mini"}]}""", "openai/gpt-oss-20b", "W18 2|W05 2", "tensormesh")]
    [InlineData(401, "{}", "Mini", "E11 5")]
    [InlineData(404, "{}", "Mini", "W19 5")]
    [InlineData(503, "{}", "Mini", "W19 5")]
    public void The_server_is_asked_with_network(int status, string body, string model, string expected, string id = "own")
    {
        using var server = new ModelsServer(status, body);
        using var run = Home($"model_provider = \"{id}\"\nmodel = \"{model}\"\n[model_providers.{id}]\nname = \"own\"\nbase_url = \"{server.BaseUrl}\"\nenv_key = \"K\"\n");
        run.Variables["K"] = Key;

        Codes(run, "--network").ShouldBe(expected);

        server.Requests.ShouldBe([$"GET /v1/models Bearer {Key}"]);
        run.Run("doctor").ExitCode.ShouldBe(0);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void A_server_that_is_not_there_is_an_error()
    {
        using var run = Home($"model_provider = \"own\"\n[model_providers.own]\nname = \"own\"\nbase_url = \"http://127.0.0.1:{ModelsServer.FreePort()}/v1\"\n");

        Codes(run, "--network").ShouldBe("E10 4");
    }

    [Fact]
    public void Text_that_is_no_toml_is_shown_with_a_caret_for_every_fault()
    {
        using var run = Home("model = \"x\"\nmodel = \"y\"\n[a\n");

        var outcome = run.Run("doctor");

        outcome.ExitCode.ShouldBe(8);
        outcome.Output.ShouldContain("E01 config.toml:2:1: ");
        outcome.Output.ReplaceLineEndings("\n").ShouldContain("\n 2 | model = \"y\"\n   | ^^^^^\n");
        Codes(run).ShouldStartWith("E01 2|E01 3");
    }

    [Fact]
    public void An_unknown_provider_is_a_usage_error_and_a_missing_file_is_none()
    {
        using var run = Home(null);

        run.Run("doctor nowhere").ExitCode.ShouldBe(2);
        Codes(run).ShouldBe("I03 -");
    }

    private static ToolRun Home(string? config)
    {
        var run = new ToolRun();
        if (config is not null)
            run.Config = config;
        else
            run.Variables["TENSORMESH_INFERENCE_API_KEY"] = Key;

        return run;
    }

    private static string Codes(ToolRun run, params string[] more)
    {
        using var json = JsonDocument.Parse(run.Run(["doctor", "--json", .. more]).Output);
        json.RootElement.GetProperty("findings").EnumerateArray().ShouldAllBe(f => CheckRegistry.Kinds.Any(k => k.Code == f.GetProperty("code").GetString()));
        return string.Join('|', json.RootElement.GetProperty("findings").EnumerateArray()
            .Select(f => $"{f.GetProperty("code").GetString()} {(f.TryGetProperty("line", out var line) ? line.GetInt32() : "-")}"));
    }
}
