using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;

namespace Codex.Contract.Tests.StockClients;

/// <summary>Failures that trying again cannot mend: Codex shows our words, once.</summary>
public sealed class CodexErrorTests(NodePackages packages) : IClassFixture<NodePackages>
{
    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task An_unknown_model_is_answered_with_the_nearest_names_and_no_backend_is_asked(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        // Of two providers neither is the default one, which would get every name that nobody lists.
        stage.Gateway.Directory.Update(s => s with { Providers = s.Providers.Add(RunningGateway.View("other", ScriptedUpstreamServer.RefusedBaseUrl(), "else")) });

        var outcome = (await stage.PlayAsync(stage.Run(version) with { Model = "scripted-modle" })).ShouldFail();

        ShouldHearOnce(outcome, "scripted-modle", CodexStage.Model);
        stage.Asked.ShouldBeEmpty();
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_refused_key_is_named_by_its_variable_after_one_attempt(string version)
    {
        Environment.SetEnvironmentVariable("CODEX_ERROR_TESTS_KEY", "secret-of-the-test");
        await using var stage = await CodexStage.StartAsync(
            packages, change: provider => provider with { Key = new KeySource.EnvironmentVariable("CODEX_ERROR_TESTS_KEY") });
        stage.Upstream.Answer = _ => ChatScript.Error(401, "Incorrect API key provided: secret-of-the-test", "invalid_request_error", "invalid_api_key");

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldFail();

        ShouldHearOnce(outcome, "'scripted'", "CODEX_ERROR_TESTS_KEY");
        outcome.Report().ShouldNotContain("secret-of-the-test");
        stage.Asked.Count.ShouldBe(1);
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_backend_that_fails_is_quoted(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Upstream.Answer = _ => ChatScript.Error(500, "CUDA error: out of memory", "server_error");

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldFail();

        ShouldHearOnce(outcome, "'scripted'", "500", "CUDA error: out of memory");
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_prompt_too_long_makes_Codex_say_that_it_ran_out_of_room(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages, "vllm");
        stage.Upstream.Answer = _ => ChatScript.Error(
            400, "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens.", "BadRequestError");

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldFail();

        ShouldHearOnce(outcome, "ran out of room");
        stage.Asked.Count.ShouldBe(1);
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_backend_that_is_not_running_is_named_instead_of_waited_for(string version)
    {
        var refused = new Uri(ScriptedUpstreamServer.RefusedBaseUrl());
        await using var stage = await CodexStage.StartAsync(packages, change: provider => provider with { Replicas = [refused] });

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldFail();

        ShouldHearOnce(outcome, "'scripted'", refused.Authority, "refused");
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task An_empty_account_is_told_once(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Upstream.Answer = _ => ChatScript.Error(429, "You exceeded your current quota.", "insufficient_quota", "insufficient_quota");

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldFail();

        ShouldHearOnce(outcome, "quota");
        stage.Asked.Count.ShouldBe(1);
    }

    [SkippableTheory]
    [MemberData(nameof(CodexRelease.Versions), MemberType = typeof(CodexRelease))]
    public async Task A_short_rate_limit_is_waited_out(string version)
    {
        await using var stage = await CodexStage.StartAsync(packages);
        stage.Answering(ChatScript.RateLimited(retryAfterSeconds: 1), Answers.Text("Now."));

        var outcome = (await stage.PlayAsync(stage.Run(version))).ShouldSucceed();

        outcome.Messages.ShouldBe(["Now."], outcome.Report());
        stage.Asked.Count.ShouldBe(2);
    }

    private static void ShouldHearOnce(CodexOutcome outcome, params string[] words)
    {
        var failure = outcome.Failure.ShouldNotBeNull(outcome.Report());
        foreach (var word in words)
            failure.ShouldContain(word, customMessage: outcome.Report());
        outcome.Stdout.ShouldNotContain("Reconnecting", customMessage: outcome.Report());
    }
}
