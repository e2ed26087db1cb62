using System.Collections.Immutable;
using Codex.Agent.Approvals.Rules;
using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Tests.Approvals;

public sealed class AllowRuleTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("rules").FullName;

    private string Rules => Path.Combine(_home, "rules", "default.rules");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("git pull origin main", null, "git pull")]
    [InlineData("dotnet test --no-build", null, "dotnet test")]
    [InlineData("shellcheck a.sh", null, "shellcheck a.sh")]
    [InlineData("shellcheck a.sh", "shellcheck", "shellcheck")]
    [InlineData("shellcheck a.sh", "ls", "shellcheck a.sh")]
    [InlineData("git push", "git", "git push")]
    [InlineData("git", null, "")]
    [InlineData("git -C x push", null, "")]
    [InlineData("npm run build", null, "")]
    [InlineData("npm install", null, "npm install")]
    [InlineData("python3.12 a.py", null, "")]
    [InlineData("python3 a.py", "python3 a.py", "")]
    [InlineData("bash x.sh", null, "")]
    [InlineData("/bin/sh -c ls", null, "")]
    [InlineData("rm x", null, "")]
    [InlineData("sudo ls", null, "")]
    [InlineData("env ls", null, "")]
    [InlineData("git config core.pager x", null, "")]
    [InlineData("git submodule foreach x", null, "")]
    [InlineData("git rebase main", "git rebase", "")]
    [InlineData("tar xf a.tar", null, "")]
    [InlineData("sed -n 1p a", null, "")]
    [InlineData("rsync a b", null, "")]
    [InlineData("/usr/bin/vim a", null, "")]
    [InlineData("Rscript a.R", null, "")]
    [InlineData("ls && wc x", null, "")]
    [InlineData("ls > x", null, "")]
    public void Only_a_beginning_that_says_what_runs_is_offered(string script, string? wanted, string expected) =>
        ShellWords.Join(AllowedPrefix.Suggest(script, wanted is null ? default : [.. wanted.Split(' ')])).ShouldBe(expected);

    [Fact]
    public async Task The_rule_is_added_at_the_end_and_only_once()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Rules)!);
        await File.WriteAllTextAsync(Rules, "# mine\nprefix_rule(pattern=[\"ls\"])");
        var writer = new AllowRuleWriter(Rules, TimeProvider.System);

        (await writer.AppendAsync(["git", "pull"], default)).ShouldBeNull();
        (await writer.AppendAsync(["git", "pull"], default)).ShouldBeNull();
        (await writer.AppendAsync(["say", "a\"b\\c"], default)).ShouldBeNull();

        (await File.ReadAllTextAsync(Rules)).ShouldBe("""
            # mine
            prefix_rule(pattern=["ls"])
            prefix_rule(pattern=["git", "pull"], decision="allow")
            prefix_rule(pattern=["say", "a\"b\\c"], decision="allow")

            """);
        RuleFiles.ReadDirectories([Path.GetDirectoryName(Rules)!]).Rules.Match(["say", "a\"b\\c", "x"]).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Rules)!);
        await File.WriteAllTextAsync(Rules, "prefix_rule(");

        (await new AllowRuleWriter(Rules, TimeProvider.System).AppendAsync(["git", "pull"], default)).ShouldNotBeNull().ShouldContain("default.rules:1:");

        (await File.ReadAllTextAsync(Rules)).ShouldBe("prefix_rule(");
    }

    [Fact]
    public async Task What_would_allow_everything_is_never_written()
    {
        (await new AllowRuleWriter(Rules, TimeProvider.System).AppendAsync(["bash", "-lc"], default)).ShouldNotBeNull().ShouldContain("too much");

        File.Exists(Rules).ShouldBeFalse();
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        var prefixes = Enumerable.Range(0, 20).Select(n => ImmutableArray.Create("tool" + n, "do")).ToList();

        var results = await Task.WhenAll(prefixes.Select(p => Task.Run(() => new AllowRuleWriter(Rules, TimeProvider.System).AppendAsync(p, default))));

        results.ShouldAllBe(r => r == null);
        var rules = RuleFiles.ReadDirectories([Path.GetDirectoryName(Rules)!]).Rules;
        prefixes.ShouldAllBe(p => rules.Match(p, true).Length == 1);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Rules).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Rules)!);
        var real = Path.Combine(_home, "real.rules");
        await File.WriteAllTextAsync(real, "");
        File.CreateSymbolicLink(Rules, real);

        (await new AllowRuleWriter(Rules, TimeProvider.System).AppendAsync(["git", "pull"], default)).ShouldBeNull();

        new FileInfo(Rules).LinkTarget.ShouldBe(real);
        (await File.ReadAllTextAsync(real)).ShouldContain("git");
    }

    [Fact]
    public async Task Rules_of_all_layers_hold_and_faults_are_told()
    {
        var project = Directory.CreateDirectory(Path.Combine(_home, "project")).FullName;
        var user = Directory.CreateDirectory(Path.Combine(_home, "user")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "a.rules"), "prefix_rule(pattern=[\"x\"], decision=\"forbidden\")");
        await File.WriteAllTextAsync(Path.Combine(user, "a.rules"), "prefix_rule(pattern=[\"x\"])");
        await File.WriteAllTextAsync(Path.Combine(user, "b.rules"), "\n\nbad");
        await File.WriteAllTextAsync(Path.Combine(user, "notes.txt"), "bad");

        var (rules, faults) = RuleFiles.ReadDirectories([user, project, Path.Combine(_home, "none")]);

        CommandRules.Strictest(rules.Match(["x"])).ShouldBe(RuleDecision.Forbidden);
        faults.ShouldHaveSingleItem().Line.ShouldBe(3);
    }
}
