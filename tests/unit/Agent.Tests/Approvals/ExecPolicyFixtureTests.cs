using Codex.Agent.Approvals.Rules;
using Codex.Agent.Approvals.Shell;
using Codex.Agent.CommandLine;

namespace Codex.Agent.Tests.Approvals;

/// <summary>Each directory holds rules and either commands with what <c>execpolicy check</c> prints, or the fault of the rules.</summary>
public sealed class ExecPolicyFixtureTests
{
    private const string Area = "execpolicy";

    public static TheoryData<string> Fixtures => FixtureFiles.Names(Area);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Rules_say_what_the_fixture_says(string name)
    {
        var rules = FixtureFiles.Find(Area, name, "input.rules");
        var commands = FixtureFiles.Find(Area, name, "commands.txt");
        if (!File.Exists(commands))
        {
            var fault = RuleFile.Read("input.rules", await File.ReadAllTextAsync(rules)).Fault.ShouldNotBeNull();
            FixtureFiles.ShouldBeIn(fault + "\n", FixtureFiles.Find(Area, name, "error.txt"));
            return;
        }

        var output = new StringWriter();
        foreach (var command in await File.ReadAllLinesAsync(commands))
            (await AgentCommandLine.RunAsync(["execpolicy", "check", "-r", rules, .. ShellWords.Split(command)!.Value], output)).ShouldBe(0);

        FixtureFiles.ShouldBeIn(output.ToString(), FixtureFiles.Find(Area, name, "expected.jsonl"));
    }

    [Fact]
    public async Task A_faulty_file_ends_the_check_with_file_and_line()
    {
        var rules = FixtureFiles.Find(Area, "103_unknown_decision", "input.rules");
        var (output, error) = (new StringWriter(), new StringWriter());

        (await AgentCommandLine.RunAsync(["execpolicy", "check", "--rules", rules, "git"], output, error)).ShouldBe(1);

        output.ToString().ShouldBeEmpty();
        error.ToString().ShouldStartWith($"codex-agent: {rules}:2: prefix_rule has the decision 'maybe'");
    }

    [Fact]
    public async Task What_follows_the_program_belongs_to_the_command()
    {
        var rules = FixtureFiles.Find(Area, "002_strictest_of_all_matches_counts", "input.rules");
        var output = new StringWriter();

        (await AgentCommandLine.RunAsync(["execpolicy", "check", "--pretty", "-r", rules, "git", "-r", "push", "--pretty"], output)).ShouldBe(0);

        output.ToString().ShouldBe(
            """
            {
              "matchedRules": [
                {
                  "prefixRuleMatch": {
                    "matchedPrefix": [
                      "git"
                    ],
                    "decision": "allow"
                  }
                }
              ],
              "decision": "allow"
            }

            """);
    }
}
