using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Codex.Gateway.CommandLine;

namespace Codex.Gateway.Tests.CommandLine;

public sealed class GatewayCommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codex-gateway").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("codex-gateway: Unrecognized command or argument '--ulrs'. See codex-gateway --help.", "--ulrs")]
    [InlineData("codex-gateway: --dialect belongs to --upstream; for other providers write it into gateway.json. See codex-gateway --help.", "--dialect", "vllm")]
    [InlineData("codex-gateway: Option '--out' is required. See codex-gateway --help.", "catalog")]
    [InlineData("codex-gateway: --urls \"http://0.0.0.0:1\" can be reached from other machines, where everybody could use your models; make a key first (codex-gateway keys add NAME), or write http://127.0.0.1:8484", "--urls", "http://0.0.0.0:1")]
    [InlineData("codex-gateway: --upstream must be an address such as http://127.0.0.1:8000/v1", "serve", "--upstream", "nonsense")]
    [InlineData("codex-gateway: {folder}/none.json: there is no such file; check --config", "--config", "{folder}/none.json")]
    [InlineData("codex-gateway: {folder}: is a directory; name the file in it", "providers", "--config", "{folder}")]
    [InlineData("codex-gateway: --out {folder}/no/file: its directory does not exist; create it first", "catalog", "--config", "{folder}/gateway.json", "--out", "{folder}/no/file")]
    public async Task What_cannot_be_done_is_said_in_one_line_with_exit_code_2(string expected, params string[] arguments)
    {
        WriteConfiguration();
        var (code, output, error) = await RunAsync(arguments);
        error.ShouldBe(expected.Replace("{folder}", _folder, StringComparison.Ordinal) + Environment.NewLine);
        output.ShouldBeEmpty();
        code.ShouldBe(2);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_line_with_exit_code_2()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        WriteConfiguration();
        var (code, _, error) = await RunAsync("--urls", url, "--config", "{folder}/gateway.json");
        error.ShouldBe($"codex-gateway: cannot listen on {url}: the port is taken; stop the program that has it, or choose another with --urls http://127.0.0.1:8485{Environment.NewLine}");
        code.ShouldBe(2);
    }

    [Fact]
    public async Task Version_prints_the_version()
    {
        var (code, output, _) = await RunAsync("version");
        output.ShouldMatch(@"^codex-gateway \d+\.\d+\.\d+\s*$");
        code.ShouldBe(0);
    }

    [Fact]
    public async Task Help_names_every_command_and_hides_that_of_maintainers()
    {
        var (code, output, _) = await RunAsync("--help");
        foreach (var word in (string[])["serve", "providers", "catalog", "version", "--urls", "--upstream", "--config"])
            output.ShouldContain(word);
        output.ShouldNotContain("schema");
        code.ShouldBe(0);
    }

    [Fact]
    public async Task Providers_prints_a_plain_table_and_the_problems()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        WriteConfiguration($$"""{ "Discover": false, "Providers": { "gone": { "BaseUrl": "http://127.0.0.1:{{port}}/v1", "Dialect": "vllm" } } }""");
        var (code, output, error) = await RunAsync("providers", "--config", "{folder}/gateway.json");
        error.ShouldBeEmpty();
        var lines = output.Split(Environment.NewLine);
        lines[0].ShouldMatch("^provider +dialect +models +address$");
        lines[1].ShouldMatch($"^gone +vllm +unknown +http://127.0.0.1:{port}/v1$");
        lines[2].ShouldMatch("^demo +demo +demo +embedded$");
        lines[3].ShouldStartWith("gone: ");
        code.ShouldBe(0);
    }

    [Fact]
    public async Task Catalog_writes_the_same_to_a_file_and_to_standard_output()
    {
        WriteConfiguration();
        var (_, printed, _) = await RunAsync("catalog", "--config", "{folder}/gateway.json", "--out", "-");
        var (code, _, _) = await RunAsync("catalog", "--config", "{folder}/gateway.json", "--out", "{folder}/catalogue.json");
        code.ShouldBe(0);
        var written = await File.ReadAllTextAsync(Path.Combine(_folder, "catalogue.json"));
        written.ShouldBe(printed.TrimEnd());
        JsonNode.Parse(written)!["models"]!.AsArray().Select(m => (string?)m!["slug"]).ShouldContain("demo");
        Directory.GetFiles(_folder).Length.ShouldBe(2, "nothing unfinished stays behind");
    }

    private void WriteConfiguration(string json = """{ "Discover": false }""") => File.WriteAllText(Path.Combine(_folder, "gateway.json"), json);

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task A_gateway_that_another_program_started_ends_with_it(string seconds)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "gateway.json"), "{}");
        using var parent = System.Diagnostics.Process.Start("sleep", seconds);

        var (code, output, _) = await RunAsync(
            "serve", "--urls", "http://127.0.0.1:0", "--config", "{folder}/gateway.json", "--upstream", "http://127.0.0.1:9/v1", "--exit-with", $"{parent.Id}").WaitAsync(TimeSpan.FromSeconds(60));

        code.ShouldBe(0);
        output.ShouldContain("listens on http://127.0.0.1:");
        parent.HasExited.ShouldBeTrue();
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await GatewayCommandLine.RunAsync([.. arguments.Select(a => a.Replace("{folder}", _folder, StringComparison.Ordinal))], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
