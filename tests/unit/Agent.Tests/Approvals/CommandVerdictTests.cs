using System.Collections.Immutable;
using Codex.Agent.Approvals;
using Codex.Agent.Approvals.Rules;
using Codex.Agent.Sandbox;

namespace Codex.Agent.Tests.Approvals;

public sealed class CommandVerdictTests
{
    private const string Rules = """
        prefix_rule(pattern=["git", "push"], decision="prompt", justification="needs review")
        prefix_rule(pattern=["trash"], decision="forbidden", justification="use mv")
        prefix_rule(pattern=["nuke"], decision="forbidden")
        prefix_rule(pattern=["curl"], decision="prompt")
        prefix_rule(pattern=["git", "status"])
        prefix_rule(pattern=["make", "clean"])
        prefix_rule(pattern=["rm", "-rf", "build"])
        """;

    private const string NeedsAnswer = "approval required by policy, but AskForApproval is set to Never";
    private const string NoEscalation =
        "approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is Never";

    [Theory]
    // Nobody can be asked.
    [InlineData("never", "ls", "sandboxed")]
    [InlineData("never", "cargo test", "sandboxed")]
    [InlineData("never", "git status", "free")]
    [InlineData("never", "git status && make clean -j", "free")]
    [InlineData("never", "git status && ls", "sandboxed")]
    [InlineData("never", "git status > out", "sandboxed")]
    [InlineData("never", "/usr/bin/git status", "free")]
    [InlineData("never", "/tmp/git status", "sandboxed")]
    [InlineData("never", "git push origin", NeedsAnswer)]
    [InlineData("never", "curl x", NeedsAnswer)]
    [InlineData("never", "trash x", "`/bin/bash -lc 'trash x'` rejected: use mv")]
    [InlineData("never", "ls; trash x > y", "`/bin/bash -lc 'ls; trash x > y'` rejected: use mv")]
    [InlineData("never", "sudo trash x", "`/bin/bash -lc 'sudo trash x'` rejected: use mv")]
    [InlineData("never", "trash \\\n x", "`/bin/bash -lc \"trash \\\\\n x\"` rejected: use mv")]
    [InlineData("never", "/tmp/trash x", "`/bin/bash -lc '/tmp/trash x'` rejected: use mv")]
    [InlineData("never", "nuke x && echo a", "`/bin/bash -lc 'nuke x && echo a'` rejected: policy forbids commands starting with `nuke`")]
    [InlineData("never", "git push; trash x", "`/bin/bash -lc 'git push; trash x'` rejected: use mv")]
    [InlineData("never", "rm -rf zzz", "`/bin/bash -lc 'rm -rf zzz'` rejected: rm -f style commands are not permitted. Use a safer approach")]
    [InlineData("never", "rm -rf build", "free")]
    [InlineData("never escalated", "ls", NoEscalation)]
    [InlineData("never escalated", "git status", "free")]
    [InlineData("never full", "cargo test", "free")]
    [InlineData("never full escalated", "cargo test", "free")]
    [InlineData("never full", "rm -rf zzz", "`/bin/bash -lc 'rm -rf zzz'` rejected: rm -f style commands are not permitted. Use a safer approach")]
    [InlineData("never full", "trash x", "`/bin/bash -lc 'trash x'` rejected: use mv")]
    // The model asks when it needs more.
    [InlineData("on-request", "cargo test", "sandboxed")]
    [InlineData("on-request escalated", "cargo test", "ask")]
    [InlineData("on-request", "git push", "ask: needs review")]
    [InlineData("on-request", "curl x", "ask: a rule asks before commands starting with `curl`")]
    [InlineData("on-request", "rm -rf zzz", "ask: rm with force cannot be undone")]
    [InlineData("on-request full", "rm -rf zzz", "ask: rm with force cannot be undone")]
    [InlineData("on-request full escalated", "cargo test", "free")]
    [InlineData("on-request", "trash x", "`/bin/bash -lc 'trash x'` rejected: use mv")]
    [InlineData("on-request alone", "git push", NeedsAnswer)]
    // Only readers run unasked.
    [InlineData("untrusted", "cat a | head", "sandboxed")]
    [InlineData("untrusted", "cargo test", "ask: only commands known to read are run unasked")]
    [InlineData("untrusted full", "cargo test", "ask: only commands known to read are run unasked")]
    [InlineData("untrusted full", "cat a", "free")]
    [InlineData("untrusted escalated", "cat a", "ask")]
    [InlineData("untrusted", "git status", "free")]
    [InlineData("untrusted alone", "cargo test", NeedsAnswer)]
    public void A_command_is_decided_by_rules_then_danger_then_policy(string situation, string script, string expected)
    {
        var rules = CommandRules.None.With(RuleFile.Read("test.rules", Rules).File.ShouldNotBeNull());

        Verdict(situation, script, rules).ShouldBe(expected);
    }

    [Fact]
    public void Requirements_only_ever_ask_or_forbid()
    {
        var required = RuleFile.Read("r", """
            prefix_rule(pattern=["ls"])
            prefix_rule(pattern=["git"], decision="forbidden", justification="no git here")
            """).File!.Prefixes;
        var rules = CommandRules.None.With(RuleFile.Read("u", """prefix_rule(pattern=["git"])""").File!).WithRequirements(required);

        Verdict("never", "ls", rules).ShouldBe("sandboxed");
        Verdict("never", "git x", rules).ShouldBe("`/bin/bash -lc 'git x'` rejected: no git here");
    }

    private static string Verdict(string situation, string script, CommandRules rules)
    {
        string[] said = situation.Split(' ');
        var policy = said[0] switch
        {
            "never" => ApprovalPolicy.Never,
            "on-request" => ApprovalPolicy.OnRequest,
            _ => ApprovalPolicy.Untrusted,
        };
        ImmutableArray<string> words = ["/bin/bash", "-lc", script];
        var facts = CommandFacts.Of(
            script,
            words,
            rules,
            said.Contains("escalated"),
            policy,
            said.Contains("full") ? SandboxMode.FullAccess : SandboxMode.WorkspaceWrite,
            policy != ApprovalPolicy.Never && !said.Contains("alone"));
        return CommandVerdict.Of(facts, words) switch
        {
            CommandVerdict.Run run => run.InSandbox ? "sandboxed" : "free",
            CommandVerdict.Ask ask => ask.Why is null ? "ask" : "ask: " + ask.Why,
            CommandVerdict.Refuse refuse => refuse.Text,
            var other => other.ToString(),
        };
    }
}
