using System.Text.Json;
using Codex.Agent.Approvals.Rules;

namespace Codex.Agent.Tests.Approvals;

public sealed class RequirementRuleTests
{
    [Fact]
    public void Rules_of_the_administrator_are_read()
    {
        using var json = JsonDocument.Parse("""
            [{"pattern":[{"token":"rm"},{"any_of":["-rf","-fr"]}],"decision":"forbidden","justification":"by policy"},
             {"pattern":[{"token":"sudo"}],"decision":"prompt"}]
            """);

        var (rules, faults) = RequirementRules.Read(json.RootElement, "requirements.toml");

        faults.ShouldBeEmpty();
        var all = CommandRules.None.WithRequirements(rules);
        all.Match(["rm", "-fr", "x"]).ShouldHaveSingleItem().ShouldBe(
            new RuleMatch(["rm", "-fr"], RuleDecision.Forbidden, "by policy"), new SameMatch());
        CommandRules.Strictest(all.Match(["sudo", "ls"])).ShouldBe(RuleDecision.Prompt);
        all.Match(["rm", "x"]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""[{"pattern":[{"token":"ls"}],"decision":"allow"}]""")]
    [InlineData("""[{"pattern":[],"decision":"prompt"}]""")]
    [InlineData("""[{"pattern":["ls"],"decision":"prompt"}]""")]
    [InlineData("""[{"pattern":[{"any_of":[]}],"decision":"prompt"}]""")]
    [InlineData("""[{"decision":"prompt"}]""")]
    [InlineData("[7]")]
    public void What_is_no_rule_is_told_by_its_number(string entries)
    {
        using var json = JsonDocument.Parse(entries);

        var (rules, faults) = RequirementRules.Read(json.RootElement, "requirements.toml");

        rules.ShouldBeEmpty();
        faults.ShouldHaveSingleItem().ToString().ShouldStartWith("requirements.toml: rules.prefix_rules: entry 1 needs ");
    }

    private sealed class SameMatch : IEqualityComparer<RuleMatch>
    {
        public bool Equals(RuleMatch? x, RuleMatch? y) =>
            x!.Prefix.SequenceEqual(y!.Prefix) && x.Decision == y.Decision && x.Justification == y.Justification && x.ResolvedProgram == y.ResolvedProgram;

        public int GetHashCode(RuleMatch obj) => obj.Decision.GetHashCode();
    }
}
