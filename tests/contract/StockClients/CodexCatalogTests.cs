using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Providers;

namespace Codex.Contract.Tests.StockClients;

/// <summary>What Codex makes of the gateway's model list, and of a name that it knows better.</summary>
public sealed class CodexCatalogTests(NodePackages packages) : IClassFixture<NodePackages>
{
    private const string NoMetadata = "metadata";

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_with_the_catalogue_Codex_does_not_warn_of_missing_metadata(bool fetched)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(Answers.Text("Hello."));
        var run = stage.Run("0.169.0");

        var outcome = (await stage.PlayAsync(fetched ? await stage.WithCatalogAsync(run, fetched) : run)).ShouldSucceed();

        outcome.Complaints.Any(complaint => complaint.Contains(NoMetadata)).ShouldBe(!fetched, outcome.Report());
    }

    [SkippableFact]
    public async Task The_model_list_of_the_terminal_shows_our_models()
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Gateway.Directory.Update(EmbeddedProvider.AddTo);
        var run = await stage.WithCatalogAsync(stage.Run("0.169.0"), fetched: true);

        await using var terminal = await stage.OpenTerminalAsync(run);
        await terminal.ShouldShowAsync("OpenAI Codex (v0.169.0)", TimeSpan.FromMinutes(1));
        await terminal.TypeAsync("/model");
        await terminal.ShouldShowAsync("/model", TimeSpan.FromMinutes(1));
        await terminal.PressAsync("Enter");

        var screen = await terminal.ShouldShowAsync("1. scripted-model", TimeSpan.FromMinutes(1));
        screen.ShouldContain("2. demo");
        screen.ShouldNotContain("gpt-");
    }

    /// <summary>The terminal asks for a title of the thread beside the first turn, with a schema.</summary>
    [SkippableFact]
    public async Task A_turn_in_the_terminal_shows_its_answer_while_another_request_asks_for_a_title()
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Upstream.Answer = request => new ChatAsked(request).Has("response_format")
            ? Answers.Text("""{"title":"A greeting"}""")
            : Answers.Text("Greetings from the backend.");
        var run = await stage.WithCatalogAsync(stage.Run("0.169.0"), fetched: true);

        await using var terminal = await stage.OpenTerminalAsync(run);
        await terminal.ShouldShowAsync("OpenAI Codex (v0.169.0)", TimeSpan.FromMinutes(1));
        await terminal.TypeAsync("Say hello.");
        await terminal.ShouldShowAsync("Say hello.", TimeSpan.FromMinutes(1));
        await terminal.PressAsync("Enter");

        await terminal.ShouldShowAsync("Greetings from the backend.", TimeSpan.FromMinutes(1));
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task The_demo_model_creates_a_file(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Gateway.Directory.Update(EmbeddedProvider.AddTo);

        var outcome = (await stage.PlayAsync(stage.Run(version, "create hello.txt with a greeting") with { Model = "demo" })).ShouldSucceed();

        outcome.Files.Keys.ShouldBe(["hello.txt"], outcome.Report());
        outcome.Messages[^1].ShouldStartWith("The tool succeeded.");
    }

    /// <summary>A name of Codex's own list switches on code mode: tools as an input item, in namespaces, with a custom <c>exec</c>.</summary>
    [SkippableFact]
    public async Task Under_a_name_of_its_own_Codex_runs_in_code_mode_and_its_tools_still_work()
    {
        const string trap = "gpt-6.1-sol";
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Gateway.Directory.Update(s => s with { Models = s.Models.Add(trap, new ModelSettings($"scripted/{CodexStage.Model}")) });
        stage.Upstream.Answer = request => new ChatAsked(request) is var asked && asked.Roles.Contains("tool")
            ? Answers.Text("Ran.")
            : Answers.Calls(new ScriptedToolCall("call_exec", asked.ToolEndingWith("exec"), $$"""{"input":{{ChatJson.Quote("text(\"code \" + \"mode\")")}}}"""));

        var outcome = (await stage.PlayAsync(stage.Run("0.169.0") with { Model = trap })).ShouldSucceed();

        outcome.Messages.ShouldBe(["Ran."], outcome.Report());
        ChatAsked.Text(stage.Asked[1].Last("tool")).ShouldContain("code mode");
    }
}
