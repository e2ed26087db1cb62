using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Codex.Agent.CommandLine;
using Codex.Agent.Configuration;

namespace Codex.Agent.Tests.Doctor;

public sealed class DoctorTests : IDisposable
{
    private const string Key = "made-up-key-of-nobody";

    private readonly string _root = Directory.CreateTempSubdirectory("doctor").FullName;
    private readonly HttpListener _server = new();
    private readonly string _address;

    public DoctorTests()
    {
        foreach (var folder in (string[])["home", "etc", "work/.git"])
            Directory.CreateDirectory(Path.Combine(_root, folder));
        File.WriteAllText(Path.Combine(_root, "work", ".git", "HEAD"), "ref: refs/heads/main\n");
        using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _server.Prefixes.Add(_address);
    }

    [Fact]
    public async Task A_model_that_answers_is_told_with_its_window_and_where_its_key_comes_from()
    {
        Serve(200, """{"data":[{"id":"qwen","context_length":32000}]}""");
        Configure("model_provider = 'mine'");

        var (exitCode, output) = await RunAsync();

        exitCode.ShouldBe(0, output);
        output.ShouldContain($"I06 {_root}/home/config.toml is read\n");
        output.ShouldContain($"I10 the provider is 'mine' at {_address}v1\n");
        output.ShouldContain("I11 the key comes from the variable MINE_KEY, which is set\n");
        output.ShouldContain("I12 the model is qwen, the first that the server offers\n");
        output.ShouldContain("I13 its context window is 32000 tokens\n");
        output.ShouldContain("I16 no session is stored yet\n");
    }

    [Theory]
    [InlineData(401, "{}", 1, "E05 SERVER refuses the key (401)\n    hint: check what MINE_KEY holds\n")]
    [InlineData(404, "{}", 0, "W06 SERVER does not list its models (404)\n    hint: name the model and its window: model and model_context_window in config.toml\n")]
    [InlineData(404, "{}", 0, "W05 the context window of m is not known; 8192 tokens are assumed\n    hint: set model_context_window in config.toml\n")]
    [InlineData(200, """{"data":[{"id":"a"},{"id":"b"}]}""", 0, "W12 the server does not list m\n    hint: it lists a, b\n")]
    [InlineData(0, "", 1, "E06 SERVER cannot be reached: Connection refused")]
    public async Task What_is_wrong_with_a_server_is_told_with_the_next_step(int status, string body, int exitCode, string expected)
    {
        if (status != 0)
            Serve(status, body);
        Configure("model_provider = 'mine'\nmodel = 'm'");

        var (code, output) = await RunAsync();

        code.ShouldBe(exitCode, output);
        output.ShouldContain(expected.Replace("SERVER", _address + "v1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_that_are_refused_are_told_line_by_line_and_the_rest_is_still_examined()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "home", "config.toml"), "sandbox_mode = 'open'\napproval_policy = 'sometimes'\n");

        var (exitCode, output) = await RunAsync();

        exitCode.ShouldBe(1);
        output.Split('\n').Count(l => l.StartsWith("E02 ", StringComparison.Ordinal)).ShouldBe(2, output);
        output.ShouldContain("I14 ");
    }

    [Fact]
    public async Task What_a_thread_would_stumble_over_is_told()
    {
        Serve(200, """{"data":[{"id":"qwen","context_length":32000}]}""");
        Configure(
            """
            model_provider = "mine"
            modle = "x"
            [mcp_servers.docs]
            command = "none-of-that-name"
            """);
        Write("home/rules/a.rules", "prefix_rule(pattern=");
        Write("home/sessions/2026/11/20/rollout-2026-11-20T10-00-00-01a1f000-0000-7000-8000-000000000001.jsonl", "no JSON\n");

        var (exitCode, output) = await RunAsync();

        exitCode.ShouldBe(1);
        output.ShouldContain($"W03 {_root}/home/config.toml:3: modle is not known");
        output.ShouldContain($"E03 {_root}/home/rules/a.rules");
        output.ShouldContain("W08 MCP server 'docs' could not be started: its command none-of-that-name is not to be found.");
        output.ShouldContain("W10 ");
        output.ShouldEndWith("1 error, 3 warnings.\n");
    }

    [Fact]
    public async Task The_JSON_holds_the_same_and_no_secret()
    {
        Serve(401, $$"""{"error":"{{Key}}"}""");
        Configure("model_provider = 'mine'\nmodel = 'm'");

        var (exitCode, output) = await RunAsync("--json");

        exitCode.ShouldBe(1);
        var report = JsonElement.Parse(output);
        report.GetProperty("command").GetString().ShouldBe("doctor");
        report.GetProperty("status").GetString().ShouldBe("errors");
        report.GetProperty("exitCode").GetInt32().ShouldBe(1);
        report.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("code").GetString() == "E05").GetProperty("hint").GetString().ShouldBe("check what MINE_KEY holds");
    }

    public void Dispose()
    {
        _server.Close();
        Directory.Delete(_root, recursive: true);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Without a sandbox, since a machine that has none has a finding more.</summary>
    private void Configure(string text) => Write("home/config.toml", $"""
        {text.Replace("model_provider", "sandbox_mode = 'danger-full-access'\nmodel_provider", StringComparison.Ordinal)}

        [model_providers.mine]
        name = "mine"
        base_url = "{_address.Replace("http://", "http://somebody:made-up-word@", StringComparison.Ordinal)}v1"
        env_key = "MINE_KEY"
        """);

    private void Serve(int status, string body)
    {
        _server.Start();
        _ = ServeAsync(status, Encoding.UTF8.GetBytes(body));
    }

    private async Task ServeAsync(int status, byte[] body)
    {
        while (_server.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _server.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            context.Response.StatusCode = status;
            context.Response.Close(body, willBlock: true);
        }
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var environment = ImmutableDictionary<string, string>.Empty
            .Add("CODEX_HOME", Path.Combine(_root, "home")).Add("MINE_KEY", Key).Add("PATH", "/usr/bin:/bin");
        var around = new Surroundings(_root, Path.Combine(_root, "work"), environment) { SystemDirectory = Path.Combine(_root, "etc") };
        var output = new StringWriter();
        var command = DoctorCommand.Create(new ExecSurroundings(Input: TextReader.Null, TimeProvider.System), new ThreadOptions(), around);
        var exitCode = await command.Parse(arguments).InvokeAsync(new() { Output = output, Error = TextWriter.Null });
        var text = output.ToString();
        text.ShouldNotContain(Key);
        text.ShouldNotContain("made-up-word");
        return (exitCode, text);
    }
}
