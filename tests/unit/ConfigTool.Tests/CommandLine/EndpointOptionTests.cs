namespace Codex.ConfigTool.Tests.CommandLine;

/// <summary><c>--check-endpoint</c>, <c>--catalog-url</c>, <c>--verbose</c>, and <c>--in-place</c> anywhere on the line.</summary>
public sealed class EndpointOptionTests
{
    private const string Listing = """{"data":[{"id":"m1"},{"id":"m2"}]}""";

    [Theory]
    [InlineData("m1", "answers and has m1")]
    [InlineData("m9", "m9 is not among its 2 models; it may be cold or spelled otherwise: m1, m2")]
    public async Task A_server_that_answers_is_written(string model, string told)
    {
        using var server = new ModelsServer(200, Listing);
        using var tool = new ToolRun { Config = "" };
        tool.Variables["K"] = "key-of-the-test";

        var outcome = await tool.RunAsync("add-provider", "custom", "--id", "t", "--base-url", server.BaseUrl, "--model", model, "--env-key", "K", "--check-endpoint", "--yes");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Error.ShouldContain(told);
        server.Requests.ShouldBe(["GET /v1/models Bearer key-of-the-test"]);
        tool.Config!.ShouldContain("[model_providers.t]");
        (outcome.Output + outcome.Error).ShouldNotContain("key-of-the-test");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(503)]
    public async Task A_server_that_refuses_is_not_written(int status)
    {
        using var server = new ModelsServer(status, "{}");
        using var tool = new ToolRun { Config = "model = \"m\"\n" };

        var outcome = await tool.RunAsync("add-provider", "custom", "--id", "t", "--base-url", server.BaseUrl, "--model", "m1", "--no-auth", "--check-endpoint", "--yes");

        outcome.ExitCode.ShouldBe(8, outcome.Output);
        outcome.Error.ShouldContain("nothing was written");
        tool.Config.ShouldBe("model = \"m\"\n");
        Directory.Exists(tool.StatePath).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_without_a_list_is_written()
    {
        using var server = new ModelsServer(404, "{}");
        using var tool = new ToolRun { Config = "" };

        var outcome = await tool.RunAsync("add-provider", "custom", "--id", "t", "--base-url", server.BaseUrl, "--model", "m1", "--no-auth", "--check-endpoint", "--yes");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Error.ShouldContain("some servers have no list of models");
    }

    [Theory]
    [InlineData("add-provider custom --id t --base-url http://127.0.0.1:1/v1 --model m --no-auth --check-endpoint --yes", "cannot be reached")]
    [InlineData("add-provider tensormesh --check-endpoint --yes", "TENSORMESH_INFERENCE_API_KEY")]
    public void Nobody_there_or_no_key_is_told_and_not_written(string arguments, string told)
    {
        using var tool = new ToolRun();

        var outcome = tool.Run(arguments);

        outcome.ExitCode.ShouldBe(8, outcome.Error);
        outcome.Error.ShouldContain(told);
        tool.Config.ShouldBeNull();
    }

    [Theory]
    [InlineData("add-provider gateway --model m --yes", true)]
    [InlineData("add-provider gateway --model m --catalog-url=false --yes", false)]
    [InlineData("add-provider vllm --model m --yes", false)]
    [InlineData("add-provider vllm --model m --catalog-url --yes", true)]
    [InlineData("add-provider vllm --model m --catalog-url --codex-version 0.155.1 --yes", false)]
    [InlineData("add-provider ollama --via-gateway --model m --yes", true)]
    public void The_catalogue_is_read_where_it_is_known_to_be_or_asked_for(string arguments, bool isWritten)
    {
        using var tool = new ToolRun { Config = "" };

        var outcome = tool.Run(arguments);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        tool.Config!.Contains("model_catalog_url = \"http://127.0.0.1:", StringComparison.Ordinal).ShouldBe(isWritten);
    }

    [Fact]
    public void A_provider_without_a_table_has_no_catalogue()
    {
        using var tool = new ToolRun();
        tool.Run("add-provider ollama --model m --catalog-url --yes").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Verbose_tells_what_was_read_and_written_and_leaves_the_output_alone()
    {
        using var tool = new ToolRun { Config = "model = \"m\"\n" };

        var outcome = tool.Run("add-provider tensormesh --json --verbose --yes");

        outcome.Output.ShouldStartWith("{");
        outcome.Error.ShouldContain($"verbose: home: {tool.CodexHome} (CODEX_HOME)");
        outcome.Error.ShouldContain($"verbose: file: {tool.ConfigPath}, 12 bytes, sha256 ");
        outcome.Error.ShouldContain($"verbose: written: {tool.ConfigPath}, sha256 ");
        outcome.Error.ShouldContain("verbose: backup: ");
        tool.Run("list").Error.ShouldNotContain("verbose");
        tool.Run("list --verbose --quiet").Error.ShouldBe("");
    }

    [Theory]
    [InlineData("--in-place add-provider tensormesh --yes")]
    [InlineData("add-provider tensormesh --yes --in-place")]
    public void In_place_is_taken_anywhere(string arguments)
    {
        using var tool = new ToolRun { Config = "" };

        tool.Run(arguments).ExitCode.ShouldBe(0);

        tool.Config!.ShouldContain("tensormesh");
    }
}
