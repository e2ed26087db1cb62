using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Doctor;

/// <summary>Servers are asked with what Codex would send, however the provider proves who asks.</summary>
public sealed class CredentialTests
{
    private const string Secret = "s3cret-0123456789";
    private const string Listed = """{"data":[{"id":"mini"}]}""";

    public static TheoryData<string, string, string> Ways => new()
    {
        { "env_key = \"K\"", "Authorization", $"Bearer {Secret}" },
        { $"experimental_bearer_token = \"{Secret}\"", "Authorization", $"Bearer {Secret}" },
        { "auth = { command = \"print-key\", args = [\"a b\"] }", "Authorization", $"Bearer {Secret}" },
        { $"http_headers = {{ X-Api-Key = \"{Secret}\" }}", "X-Api-Key", Secret },
        { $"http_headers = {{ Authorization = \"Basic {Secret}\" }}", "Authorization", $"Basic {Secret}" },
        { $"http_headers = {{ Authorization = \"Basic other\" }}\nenv_key = \"K\"", "Authorization", $"Bearer {Secret}" },
        { "env_http_headers = { X-Api-Key = \"K\" }", "X-Api-Key", Secret },
        { $"env_key = \"K\"\nexperimental_bearer_token = \"other\"", "Authorization", $"Bearer {Secret}" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_way_to_prove_who_asks_is_sent_as_codex_sends_it(string keys, string header, string value)
    {
        using var server = new ModelsServer(401, "{}");
        using var run = DoctorHome.At(server.BaseUrl, keys);
        FakeProgram.In(run, "print-key", $"[ \"$1\" = 'a b' ] && echo '  {Secret}  '");
        FakeProgram.In(run, "codex", "exit 0");
        run.Variables["K"] = Secret;
        server.Instead = _ => server.Headers[^1][header] == value ? (200, Listed) : null;

        var models = run.Run("models");

        models.ExitCode.ShouldBe(ExitCodes.Done, models.Error);
        DoctorHome.Codes(run, "--network").ShouldNotContain("E11");
        server.Headers.Count.ShouldBe(2);
        server.Headers.ShouldAllBe(h => h[header] == value);
    }

    [Fact]
    public void Query_parameters_go_along_and_are_not_shown()
    {
        using var server = new ModelsServer(401, "{}");
        using var run = DoctorHome.At(server.BaseUrl, $"query_params = {{ v = \"1\", code = \"{Secret}\" }}");

        var outcome = run.Run("models");

        server.Requests.ShouldBe([$"GET /v1/models?v=1&code={Secret}"]);
        outcome.Error.ShouldContain($"{server.BaseUrl}/models answers 401");
        outcome.Error.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("env_key = \"K\"", "E11 6", "the key in K is wrong")]
    [InlineData("auth = { command = \"print-key\", args = [\"a b\"] }", "E11 6", "the key that the command in auth prints is wrong")]
    [InlineData("experimental_bearer_token = \"" + Secret + "\"", "E11 6|W06 7", "experimental_bearer_token is wrong")]
    [InlineData("http_headers = { X-Api-Key = \"" + Secret + "\" }", "E11 6|W06 7", "http_headers.X-Api-Key is wrong")]
    [InlineData("query_params = { code = \"" + Secret + "\" }", "E11 6", "query_params is wrong")]
    [InlineData("", "E11 6", "the provider's table names none: add env_key")]
    [InlineData("requires_openai_auth = true", "W21 6", "not sent was the account of codex login")]
    [InlineData("env_http_headers = { X-Api-Key = \"UNSET\" }", "W21 6", "not sent was the header X-Api-Key, because UNSET is not set")]
    [InlineData("aws = { region = \"x\" }", "W21 6", "what aws stands for")]
    public void A_refusal_names_what_was_sent_or_what_could_not_be(string keys, string codes, string words)
    {
        using var server = new ModelsServer(401, "{}");
        using var run = DoctorHome.At(server.BaseUrl, keys);
        FakeProgram.In(run, "print-key", $"echo '{Secret}'");
        FakeProgram.In(run, "codex", "exit 0");
        run.Variables["K"] = Secret;

        var outcome = run.Run("doctor --network");

        DoctorHome.Codes(run, "--network").ShouldBe(codes);
        outcome.Output.ShouldContain(words);
        outcome.Output.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("exit 3", "ends with 3")]
    [InlineData("echo; echo key-on-the-wrong-side >&2", "prints nothing")]
    [InlineData("exec sleep 60", "does not end within 0.2 s")]
    public void A_command_that_prints_no_key_is_told_of_without_what_it_printed(string script, string words)
    {
        using var server = new ModelsServer(200, Listed);
        using var run = DoctorHome.At(server.BaseUrl, "auth = { command = \"print-key\", timeout_ms = 200 }");
        FakeProgram.In(run, "print-key", script);

        var outcome = run.Run("doctor --network");

        outcome.Output.ShouldContain($"the command 'print-key', which prints the key, {words}");
        DoctorHome.Codes(run, "--network").ShouldBe("E18 7|W16 -");
        outcome.Output.ShouldNotContain("key-on-the-wrong-side");
        server.Requests.ShouldBeEmpty();
        run.Run("models").Error.ShouldContain(words);
    }

    [Fact]
    public void A_command_that_is_not_there_is_told_of()
    {
        using var run = DoctorHome.At("http://127.0.0.1:9/v1", "auth = { command = \"print-key\" }");

        run.Run("models").Error.ShouldContain("the command 'print-key', which prints the key, is not there");
    }

    [Fact]
    public void The_command_runs_in_its_folder_with_the_variables_of_the_key_file()
    {
        using var server = new ModelsServer(401, "{}");
        using var run = DoctorHome.At(server.BaseUrl);
        var folder = Directory.CreateDirectory(Path.Combine(run.Folder, "keys")).FullName;
        File.WriteAllText(Path.Combine(folder, "part"), "from-folder");
        File.WriteAllText(Path.Combine(run.CodexHome, ".env"), "PART='from-file'\nCODEX_HOME=/nowhere\n");
        run.Config += $"auth = {{ command = \"print-key\", cwd = \"{folder}\" }}\n";
        FakeProgram.In(run, "print-key", "echo \"$(cat part)-$PART-$CODEX_HOME\"");

        run.Run("models");

        server.Requests.ShouldBe([$"GET /v1/models Bearer from-folder-from-file-{run.CodexHome}"]);
    }

    [Fact]
    public void A_key_that_no_header_can_hold_is_told_of_without_it()
    {
        using var server = new ModelsServer(200, Listed);
        using var run = DoctorHome.At(server.BaseUrl, "env_key = \"K\"");
        run.Variables["K"] = $"{Secret}\u00e9";

        var outcome = run.Run("models");

        outcome.Error.ShouldContain("the header Authorization holds characters that cannot be sent");
        outcome.Error.ShouldNotContain(Secret);
        server.Requests.ShouldBeEmpty();
    }
}
