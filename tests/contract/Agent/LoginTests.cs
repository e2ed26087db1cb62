namespace Codex.Contract.Tests.Agent;

/// <summary>The key that Codex and the agent share, on the built program.</summary>
public sealed class LoginTests
{
    [SkippableFact]
    public async Task A_key_from_standard_input_is_kept_for_the_user_alone_and_never_shown()
    {
        await using var bench = await AgentBench.StartAsync();
        var file = Path.Combine(bench.Home.State, "auth.json");

        var before = await bench.RunAsync("login", "status");
        var kept = await bench.PipeAsync("sk-test-1234567890\n", bench.Home.Work, "login", "--with-api-key");
        var after = await bench.RunAsync("login", "status");

        (before.ExitCode, kept.ExitCode, after.ExitCode).ShouldBe((1, 0, 0), kept.Stderr);
        before.Stderr.ShouldBe("codex-agent: Not logged in.\n");
        (kept.Stdout + kept.Stderr + after.Stdout + after.Stderr).ShouldNotContain("1234567890");
        (await File.ReadAllTextAsync(file)).ShouldBe("""{"auth_mode":"apikey","OPENAI_API_KEY":"sk-test-1234567890"}""");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        (await bench.RunAsync("logout")).ExitCode.ShouldBe(0);
        File.Exists(file).ShouldBeFalse();
        (await bench.RunAsync("logout")).ExitCode.ShouldBe(0, "twice is no fault");
    }

    [SkippableTheory]
    [InlineData("", "No API key provided via stdin.")]
    [InlineData("two words\n", "not one key")]
    public async Task What_is_no_key_is_not_kept(string input, string words)
    {
        await using var bench = await AgentBench.StartAsync();

        var outcome = await bench.PipeAsync(input, bench.Home.Work, "login", "--with-api-key");

        outcome.ExitCode.ShouldBe(1);
        outcome.Stderr.ShouldContain(words);
        File.Exists(Path.Combine(bench.Home.State, "auth.json")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task A_login_of_Codex_with_ChatGPT_is_not_overwritten()
    {
        await using var bench = await AgentBench.StartAsync();
        var file = Path.Combine(bench.Home.State, "auth.json");
        const string Tokens = """{"tokens":{"id_token":"x","access_token":"y","refresh_token":"z"}}""";
        await File.WriteAllTextAsync(file, Tokens);

        var status = await bench.RunAsync("login", "status");
        var kept = await bench.PipeAsync("sk-test\n", bench.Home.Work, "login", "--with-api-key");
        var chat = await bench.RunAsync("login");

        (status.ExitCode, kept.ExitCode, chat.ExitCode).ShouldBe((1, 1, 1));
        kept.Stderr.ShouldContain("codex-agent logout removes it");
        chat.Stderr.ShouldContain("--with-api-key");
        (await File.ReadAllTextAsync(file)).ShouldBe(Tokens);
    }
}
