using System.Collections.Immutable;
using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Events;
using Codex.Agent.Mcp;
using Codex.Agent.Sandbox;
using Codex.Agent.Tests.Edits;
using Codex.Agent.Tools;

namespace Codex.Agent.Tests.Mcp;

/// <summary>Against <c>scripted-server.sh</c>, a real program.</summary>
public sealed class McpServersTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<AgentEvent> _events = [];
    private readonly List<ApprovalRequest> _asked = [];
    private ApprovalPolicy _policy = ApprovalPolicy.Never;
    private ApprovalAnswer _answer = ApprovalAnswer.Once;
    private SandboxPolicy _sandbox = SandboxPolicy.ReadOnly;
    private ApprovalGate? _gate;



    [SkippableFact]
    public async Task Tools_are_offered_with_flat_names_and_the_first_tells_of_the_server()
    {
        await using var servers = await StartAsync();

        servers.Warnings.ShouldBeEmpty();
        servers.Tools.Select(t => t.Spec.Name).ShouldBe(
        [
            "mcp__my_srv__echo", "mcp__my_srv__write_thing", "mcp__my_srv__picture", "mcp__my_srv__fail", "mcp__my_srv__refuse",
            "mcp__my_srv__environment", "mcp__my_srv__directory", "mcp__my_srv__hang", "mcp__my_srv__spawn", "mcp__my_srv__die",
        ]);
        servers.Tools[0].Spec.Description.ShouldBe("Echo text\n\nAbout all tools of my-srv: Use echo for echoing.");
        servers.Tools[1].Spec.Description.ShouldBe("Write");
        servers.Tools[0].Spec.Parameters.GetProperty("required")[0].GetString().ShouldBe("text");
        servers.Tools[0].IsParallelSafe(default).ShouldBeTrue();
        servers.Tools[1].IsParallelSafe(default).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task A_call_gives_the_time_and_what_the_server_said_and_is_told_as_an_item()
    {
        await using var servers = await StartAsync();

        var result = await CallAsync(servers, "echo", """{"text":"hi"}""");

        Texts(result).ShouldBe(["Wall time: N seconds\nOutput:", "echoed: hi"]);
        result.IsSuccess.ShouldBeTrue();
        var started = _events[0].ShouldBeOfType<AgentEvent.ItemStarted>().Item.ShouldBeOfType<ThreadItem.McpToolCall>();
        (started.Id, started.Server, started.Tool, started.Arguments.GetRawText(), started.Status).ShouldBe(("item_0", "my-srv", "echo", """{"text":"hi"}""", ItemStatus.InProgress));
        var completed = Completed();
        (completed.Id, completed.Status, completed.Error).ShouldBe(("item_0", ItemStatus.Completed, null));
        completed.Result!.Value.GetRawText().ShouldBe("""{"content":[{"type":"text","text":"echoed: hi"}],"structured_content":null}""");
    }

    [SkippableFact]
    public async Task Images_stay_images()
    {
        await using var servers = await StartAsync();

        var result = await CallAsync(servers, "picture");

        result.Content[1].ShouldBe(new ToolContent.Text("A pixel:"));
        result.Content[2].ShouldBe(new ToolContent.Image("data:image/png;base64,QUJD"));
        Completed().Result!.Value.GetProperty("structured_content").GetProperty("width").GetInt32().ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData("fail", "no such row", null)]
    [InlineData("refuse", "bad arguments", "tool call error: ")]
    public async Task What_goes_wrong_in_the_server_is_text_for_the_model(string tool, string words, string? beginning)
    {
        await using var servers = await StartAsync();

        var result = await CallAsync(servers, tool);

        result.IsSuccess.ShouldBeFalse();
        Texts(result)[^1].ShouldContain(words);
        Completed().Status.ShouldBe(ItemStatus.Failed);
        (Completed().Error ?? "").ShouldStartWith(beginning ?? "");
    }

    [SkippableFact]
    public async Task A_server_that_dies_fails_the_call_and_not_the_turn()
    {
        await using var servers = await StartAsync();

        Texts(await CallAsync(servers, "die")).ShouldBe(["Wall time: N seconds\nOutput:", "tool call error: the server ended (it wrote: scripted server is up)"]);
        Texts(await CallAsync(servers, "echo", """{"text":"again"}""")).ShouldBe(["Wall time: N seconds\nOutput:", "tool call error: the server ended (it wrote: scripted server is up)"]);
    }

    [SkippableFact]
    public async Task The_environment_holds_what_programs_need_and_what_was_asked_for()
    {
        Environment.SetEnvironmentVariable("AGENT_TEST_SECRET_KEY", "not for servers");
        await using var servers = await StartAsync(Server() with
        {
            Transport = Stdio() with { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("MINE", "1"), InheritedVariables = ["AGENT_TEST_GIVEN"], Directory = "sub" },
        });

        var environment = Texts(await CallAsync(servers, "environment"))[1];

        environment.ShouldContain("MINE=1;");
        environment.ShouldContain("PATH=");
        environment.ShouldContain("AGENT_TEST_GIVEN=given;");
        environment.ShouldNotContain("not for servers");
        Texts(await CallAsync(servers, "directory"))[1].ShouldBe(_directory["sub"]);
    }

    [SkippableTheory]
    [InlineData(ApprovalPolicy.Never, McpApproval.Auto, "read-only", false)]
    [InlineData(ApprovalPolicy.Never, McpApproval.Auto, "danger-full-access", true)]
    [InlineData(ApprovalPolicy.Never, McpApproval.Prompt, "danger-full-access", false)]
    [InlineData(ApprovalPolicy.Never, McpApproval.Approve, "read-only", true)]
    [InlineData(ApprovalPolicy.OnRequest, McpApproval.Auto, "danger-full-access", true)]
    public async Task Tools_that_may_change_something_need_approval(ApprovalPolicy policy, McpApproval mode, string sandbox, bool runs)
    {
        (_policy, _sandbox) = (policy, sandbox == "read-only" ? SandboxPolicy.ReadOnly : SandboxPolicy.FullAccess);
        await using var servers = await StartAsync(Server() with { Approval = mode });

        var result = await CallAsync(servers, "write-thing");

        result.IsSuccess.ShouldBe(runs);
        if (!runs)
        {
            Texts(result).ShouldBe(["Wall time: N seconds\nOutput:", "MCP tool call requires approval, but approval policy is never"]);
            Completed().Error.ShouldBe("MCP tool call requires approval, but approval policy is never");
        }

        _asked.Count.ShouldBe(policy == ApprovalPolicy.Never ? 0 : 1);
    }

    [SkippableFact]
    public async Task An_answer_for_the_session_is_remembered_and_a_no_is_told()
    {
        (_policy, _answer) = (ApprovalPolicy.OnRequest, ApprovalAnswer.Declined);
        await using var servers = await StartAsync();

        Texts(await CallAsync(servers, "write-thing")).ShouldBe(["Wall time: N seconds\nOutput:", "user rejected MCP tool call"]);
        Completed().Status.ShouldBe(ItemStatus.Declined);
        _answer = ApprovalAnswer.ForSession;
        (await CallAsync(servers, "write-thing")).IsSuccess.ShouldBeTrue();
        (await CallAsync(servers, "write-thing")).IsSuccess.ShouldBeTrue();
        (await CallAsync(servers, "echo", """{"text":"x"}""")).IsSuccess.ShouldBeTrue();

        _asked.Count.ShouldBe(2);
        _asked[0].ShouldBeOfType<ApprovalRequest.McpTool>().Tool.ShouldBe("write-thing");
    }

    [SkippableFact]
    public async Task Only_tools_that_are_wanted_are_offered()
    {
        await using var servers = await StartAsync(Server() with { EnabledTools = ["echo", "fail"], DisabledTools = ["fail"] });

        servers.Tools.Select(t => t.Spec.Name).ShouldBe(["mcp__my_srv__echo"]);
    }

    [SkippableFact]
    public async Task A_call_that_takes_too_long_is_given_up_on()
    {
        await using var servers = await StartAsync(Server() with { ToolLimit = TimeSpan.FromMilliseconds(200) });

        Texts(await CallAsync(servers, "hang")).ShouldBe(["Wall time: N seconds\nOutput:", "tool call timed out after 0.2 seconds (tool_timeout_sec)"]);
    }

    [SkippableFact]
    public async Task A_server_of_an_older_protocol_is_taken_as_well()
    {
        await using var servers = await StartAsync(Server() with { Transport = Stdio() with { Arguments = [Script, "2024-11-05"] } });

        servers.Warnings.ShouldBeEmpty();
        (await CallAsync(servers, "echo", """{"text":"x"}""")).IsSuccess.ShouldBeTrue();
    }

    [SkippableFact]
    public async Task A_server_that_fails_is_a_warning_and_the_others_run()
    {
        var absent = new McpServer("absent", Stdio() with { Command = "no-such-program-anywhere" });
        var silent = new McpServer("silent", Stdio() with { Command = "/bin/sh", Arguments = ["-c", "echo I do not know MCP >&2; sleep 100"] }) { StartupLimit = TimeSpan.FromSeconds(1) };

        await using var servers = await StartAsync(absent, Server(), silent);

        servers.Tools.Length.ShouldBe(10);
        servers.Warnings.ShouldBe(
        [
            "MCP server 'absent' could not be started: its command no-such-program-anywhere is not to be found. Its tools are missing.",
            "MCP server 'silent' could not be started: no answer within 1 seconds; startup_timeout_sec allows more (it wrote: I do not know MCP). Its tools are missing.",
        ]);
    }

    [SkippableFact]
    public async Task A_required_server_that_fails_stops_the_thread_and_is_named()
    {
        var absent = new McpServer("absent", Stdio() with { Command = "no-such-program-anywhere" }) { IsRequired = true };

        var start = await McpServers.StartAsync([Server(), absent], [], Around, default);

        start.ShouldBe(new McpStart.Failed(
            "The required MCP server 'absent' could not be started: its command no-such-program-anywhere is not to be found. Put it right, or take required out of mcp_servers.absent."));
    }

    [SkippableFact]
    public async Task What_a_server_started_ends_with_it()
    {
        Skip.IfNot(File.Exists("/proc/self/stat"), "skipped, because processes are looked for in /proc");
        string child;
        await using (var servers = await StartAsync())
        {
            child = Texts(await CallAsync(servers, "spawn"))[1];
            Directory.Exists("/proc/" + child).ShouldBeTrue();
        }

        for (var i = 0; i < 200 && IsRunning(child); i++)
            await Task.Delay(25);
        IsRunning(child).ShouldBeFalse();
    }

    public void Dispose() => _directory.Dispose();

    private static string Script { get; } = Path.Combine(RepositoryRoot.Path, "tests/unit/Agent.Tests/Mcp/scripted-server.sh");

    private McpSurroundings Around => new(
        "1", _directory.Path, name => name == "AGENT_TEST_GIVEN" ? "given" : Environment.GetEnvironmentVariable(name), TimeProvider.System);

    private static McpTransport.Stdio Stdio() => new("/bin/sh", [Script], ImmutableSortedDictionary<string, string>.Empty, [], Directory: null);

    private static McpServer Server() => new("my-srv", Stdio());

    /// <summary>A zombie that its new parent has not looked after yet does not run.</summary>
    private static bool IsRunning(string process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<McpServers> StartAsync(params McpServer[] servers)
    {
        Directory.CreateDirectory(_directory["sub"]);
        var start = await McpServers.StartAsync(servers.Length == 0 ? [Server()] : [.. servers], [], Around, default);
        return start.ShouldBeOfType<McpStart.Ready>().Servers;
    }

    private async Task<ToolResult> CallAsync(McpServers servers, string tool, string arguments = "{}")
    {
        var name = "mcp__my_srv__" + tool.Replace('-', '_');
        _gate ??= new ApprovalGate(_policy, (request, _) =>
        {
            _asked.Add(request);
            return Task.FromResult(_answer);
        });
        var item = 0;
        var context = new ToolContext
        {
            ThreadId = "thread",
            WorkingDirectory = _directory.Path,
            Sandbox = _sandbox,
            Approvals = _gate,
            Environment = ImmutableSortedDictionary<string, string>.Empty,
            OutputLimit = 1000,
            OutputDirectory = _directory.Path,
            Time = TimeProvider.System,
            Emit = _events.Add,
            NextItemId = () => $"item_{item++}",
        };
        using var json = JsonDocument.Parse(arguments);
        return await servers.Tools.Single(t => t.Spec.Name == name).RunAsync(new ToolCall("call_1", name), json.RootElement, context, default);
    }

    private ThreadItem.McpToolCall Completed() => _events.OfType<AgentEvent.ItemCompleted>().Last().Item.ShouldBeOfType<ThreadItem.McpToolCall>();

    private static List<string> Texts(ToolResult result) =>
        [.. result.Content.OfType<ToolContent.Text>().Select(t => System.Text.RegularExpressions.Regex.Replace(t.Value, @"(?<=^Wall time: )[\d.]+", "N"))];
}
