using Codex.Agent.Approvals;
using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Tests.Approvals;

public sealed class ShellTests
{
    [Theory]
    [InlineData("ls", "ls")]
    [InlineData("git status && ls -la; echo 'a b' | wc", "git status / ls -la / echo 'a b' / wc")]
    [InlineData("a ||\n b\nc;", "a / b / c")]
    [InlineData("echo a\"b c\"'d' e\\ f \"\\\"\" ''", "echo 'ab cd' 'e f' '\"' ''")]
    [InlineData("g\"i\"t \\\n push", "git push")]
    [InlineData("ls *.cs", "ls '*.cs'")]
    public void Plain_commands_are_taken_apart(string script, string expected) =>
        string.Join(" / ", ShellScript.Split(script).Select(c => ShellWords.Join(c.Words))).ShouldBe(expected);

    [Theory]
    [InlineData("ls > out")]
    [InlineData("cat < in")]
    [InlineData("echo $HOME")]
    [InlineData("echo \"$HOME\"")]
    [InlineData("echo `id`")]
    [InlineData("echo \"`id`\"")]
    [InlineData("echo $(id)")]
    [InlineData("(ls)")]
    [InlineData("{ ls; }")]
    [InlineData("echo {a,b}")]
    [InlineData("ls &")]
    [InlineData("ls & rm x")]
    [InlineData("a |& b")]
    [InlineData("A=1 ls")]
    [InlineData("if true; then ls; fi")]
    [InlineData("! ls")]
    [InlineData("l* x")]
    [InlineData("ls # note")]
    [InlineData("ls &&")]
    [InlineData("ls | ; wc")]
    [InlineData("ls ;; wc")]
    [InlineData("; ls")]
    [InlineData("echo 'a")]
    [InlineData("echo \"a")]
    [InlineData("ls \\")]
    [InlineData("~/bin/x")]
    [InlineData("cat <<EOF\nx\nEOF")]
    [InlineData("")]
    public void Anything_else_is_opaque(string script) => ShellScript.Split(script).ShouldBeEmpty();

    /// <summary>As the real Codex shows these lines.</summary>
    [Theory]
    [InlineData("trash it's", "/bin/bash -lc \"trash it's\"")]
    [InlineData("trash 'x'", "/bin/bash -lc \"trash 'x'\"")]
    [InlineData("pwd", "/bin/bash -lc pwd")]
    [InlineData("trash a=b", "/bin/bash -lc 'trash a=b'")]
    [InlineData("\\rm -f y", "/bin/bash -lc \"\\\\rm -f y\"")]
    [InlineData("trash \"it's\" !", "/bin/bash -lc \"trash \\\"it's\\\" \"'!'")]
    [InlineData("trash 'a' \"$X\" `y` ! \\ done", "/bin/bash -lc \"trash 'a' \\\"\"'$X\" `y` ! '\"\\\\ done\"")]
    [InlineData("", "/bin/bash -lc ''")]
    public void Words_are_joined_as_Codex_joins_them(string script, string expected) =>
        ShellWords.Join(["/bin/bash", "-lc", script]).ShouldBe(expected);

    [Theory]
    [InlineData("rm -rf zzz")]
    [InlineData("rm -f \"a b\"; ls")]
    [InlineData("/bin/rm -vf y")]
    [InlineData("\\rm -f y")]
    [InlineData("r'm' --force y")]
    [InlineData("rm --fo y")]
    [InlineData("rm y -f")]
    [InlineData("cd x && rm -fr *")]
    [InlineData("echo ok | sudo rm -rf x")]
    [InlineData("sudo -u root -E rm -rf x")]
    [InlineData("env -i A=1 rm -rf x")]
    [InlineData("env -S 'rm -rf x'")]
    [InlineData("A=1 B=2 rm -f x")]
    [InlineData("trap 'rm -rf x' EXIT")]
    [InlineData("trap -- 'rm -rf x' EXIT")]
    [InlineData("bash -c 'rm -f x'")]
    [InlineData("bash -e -o pipefail -c 'cd /; rm -f x'")]
    [InlineData("sh -lc \"bash -c 'zsh -c \\\"rm -f x\\\"'\"")]
    [InlineData("if true; then rm -rf x; fi")]
    [InlineData("for i in a b; do rm -f $i; done")]
    [InlineData("f() { rm -rf x; }; f")]
    [InlineData("(cd a; rm -rf b)")]
    [InlineData("echo $(rm -rf x)")]
    [InlineData("echo \"now $(echo \"$(rm -rf x)\")\"")]
    [InlineData("echo `rm -rf x`")]
    [InlineData("cat <(rm -f x)")]
    [InlineData("case a in a) rm -f x;; esac")]
    [InlineData("rm -f a > b")]
    [InlineData("> b rm -f a")]
    [InlineData("sleep 1 & rm -f a")]
    [InlineData("! rm -f a")]
    [InlineData("eval 'rm -f x'")]
    [InlineData("command rm -f x")]
    [InlineData("timeout -k 5 10 rm -f x")]
    [InlineData("find . -name x -exec rm -f {} ;")]
    [InlineData("ls | xargs -n 1 rm -f")]
    [InlineData("bash <<EOF\nrm -f x\nEOF")]
    [InlineData("cat <<EOF\nx\nEOF\nrm -f x")]
    [InlineData("# nothing\nrm -f x")]
    [InlineData("$'\\x72m' -f x")]
    [InlineData("$'\\162\\u006d' -f x")]
    [InlineData("$\"rm\" -f x")]
    [InlineData("rm $'\\055f' x")]
    [InlineData("time -p rm -f x")]
    [InlineData("function f { rm -f x; }; f")]
    [InlineData("coproc C { rm -f x; }")]
    [InlineData("bash <<< 'rm -f x'")]
    [InlineData("bash<<<\"rm -f x\"")]
    [InlineData("env -iS 'rm -f x'")]
    [InlineData("env --split-string='rm -f x'")]
    [InlineData("bash -euo pipefail -c 'rm -f x'")]
    [InlineData("bash -O extglob -c 'rm -f x'")]
    [InlineData("bash -c -- 'rm -f x'")]
    [InlineData("su root -c 'rm -f x'")]
    [InlineData("runuser -u nobody -- rm -f x")]
    [InlineData("unshare -r rm -f x")]
    public void Forced_removal_is_seen_through_every_disguise(string script) => DangerousCommand.IsIn(script).ShouldBeTrue();

    [Theory]
    [InlineData("rm x")]
    [InlineData("rm -r x")]
    [InlineData("rm -- -f")]
    [InlineData("rm --recursive x")]
    [InlineData("echo rm -f x")]
    [InlineData("echo 'rm -f x'")]
    [InlineData("git rm -f x")]
    [InlineData("sudo ls -f")]
    [InlineData("cat > clean.sh <<'EOF'\nrm -rf build\nEOF")]
    [InlineData("ls # rm -f x")]
    [InlineData("find . -name '*.rm' -type f")]
    [InlineData("grep -rn 'rm -f' .")]
    [InlineData("cat <<< 'rm -f x'")]
    [InlineData("echo $'it\\'s; rm -f x'")]
    [InlineData("bash x.sh -c 'rm -f x'")]
    [InlineData("echo \"unclosed")]
    [InlineData("echo $(unclosed")]
    [InlineData("")]
    public void What_removes_nothing_by_force_is_let_pass(string script) => DangerousCommand.IsIn(script).ShouldBeFalse();

    [Fact]
    public void Nesting_beyond_all_measure_ends()
    {
        var script = "rm -f x";
        for (var i = 0; i < 7; i++)
            script = ShellWords.Join(["bash", "-c", script]);
        DangerousCommand.IsIn(script).ShouldBeTrue();

        DangerousCommand.IsIn(string.Concat(Enumerable.Repeat("$(", 5000)) + "rm -f x").ShouldBeFalse();
        DangerousCommand.IsIn(string.Concat(Enumerable.Repeat("bash -c \"", 5000))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("cat a | head -5 && git status", true)]
    [InlineData("ls *.cs", true)]
    [InlineData("sed -n 1,20p file", true)]
    [InlineData("sed -n 5p", true)]
    [InlineData("sed -i s/a/b/ file", false)]
    [InlineData("sed -n '1,5p;w x' f", false)]
    [InlineData("find . -name x", true)]
    [InlineData("find . -delete", false)]
    [InlineData("find . -exec ls {} +", false)]
    [InlineData("find *", false)]
    [InlineData("rg x src", true)]
    [InlineData("rg --pre cat x", false)]
    [InlineData("rg -iz x", false)]
    [InlineData("base64 x", true)]
    [InlineData("base64 -o y x", false)]
    [InlineData("git log -p", true)]
    [InlineData("git -c core.pager=x log", false)]
    [InlineData("git diff --output=x", false)]
    [InlineData("git diff --outp=x", false)]
    [InlineData("git show --ext-dif", false)]
    [InlineData("git log --oneline --textc", false)]
    [InlineData("git log --oneline", true)]
    [InlineData("sed -n 1p -fscript", false)]
    [InlineData("uniq -- a -b", false)]
    [InlineData("git branch", true)]
    [InlineData("git branch new", false)]
    [InlineData("git branch -D old", false)]
    [InlineData("git push", false)]
    [InlineData("uniq a b", false)]
    [InlineData("cat x > y", false)]
    [InlineData("ls; curl x", false)]
    [InlineData("/tmp/ls", false)]
    [InlineData("", false)]
    public void Only_readers_are_known_to_be_safe(string script, bool expected) => KnownSafeCommand.Is(script).ShouldBe(expected);

    /// <summary>What is allowed because it was understood must also be seen by those who look for what is forbidden.</summary>
    [Fact]
    public void Whatever_is_taken_apart_is_found_the_same_by_the_one_who_reads_on()
    {
        const string Alphabet = "ab '\"\\;&|\n $`()<>{}=#*~-!";
        var random = new Random(7);
        var understood = 0;
        for (var round = 0; round < 200_000; round++)
        {
            var script = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var plain = ShellScript.Split(script);
            var found = CommandScan.Find(script);
            if (plain.IsEmpty)
                continue;
            understood++;
            found.Select(w => string.Join('\u0001', w)).ShouldBe(plain.Select(c => string.Join('\u0001', c.Words)), script);
        }

        understood.ShouldBeGreaterThan(1000);
    }

    /// <summary>bash itself is asked what the words are.</summary>
    [SkippableFact]
    public async Task The_words_are_those_of_the_shell()
    {
        Skip.IfNot(File.Exists("/bin/bash"), "skipped, because bash is not here");
        const string Alphabet = "ab '\"\\ ;&|\n$#=-";
        var random = new Random(11);
        var scripts = new List<(string Script, string Expected)>();
        while (scripts.Count < 300)
        {
            var script = "w " + string.Concat(Enumerable.Range(0, random.Next(1, 10)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            if (ShellScript.Split(script) is [var command])
                scripts.Add((script, string.Concat(command.Words.Skip(1).Select(w => $"<{w}>"))));
        }

        using var bash = new System.Diagnostics.Process();
        bash.StartInfo = new System.Diagnostics.ProcessStartInfo("/bin/bash", ["-c", "w() { for a; do printf '<%s>' \"$a\"; done; }; for s; do eval \"$s\"; printf '\\1'; done", "x", .. scripts.Select(s => s.Script)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        bash.Start();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        output.Split('\u0001')[..^1].ShouldBe(scripts.Select(s => s.Expected));
    }
}
