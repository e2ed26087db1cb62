using System.Diagnostics;
using System.Runtime.Versioning;
using Codex.Agent.CommandLine;

namespace Codex.Agent.Tests.CommandLine;

/// <summary>The scripts of <c>completion</c>, run in the shells they are for.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CompletionCommandTests : IDisposable
{
    private const string SessionId = "01a1f000-0000-7000-8000-000000000001";

    private readonly string _folder = Directory.CreateTempSubdirectory("completion").FullName;

    public CompletionCommandTests()
    {
        Write("home/fast.config.toml", "");
        Write("home/config.toml", "[mcp_servers.docs]\ncommand = \"x\"\n");
        Write($"home/sessions/2026/11/20/rollout-2026-11-20T10-00-00-{SessionId}.jsonl", "");
        Write("work/file-of-mine", "");
        var program = Write("bin/codex-agent", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "codex-agent.dll")}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [SkippableTheory]
    [InlineData("codex-agent exec --ephem", "--ephemeral")]
    [InlineData("codex-agent exec -s work", "workspace-write")]
    [InlineData("codex-agent exec -p f", "fast")]
    [InlineData("codex-agent exec resume 01a", SessionId)]
    [InlineData("codex-agent mcp get d", "docs")]
    [InlineData("codex-agent features enable unif", "unified_exec")]
    [InlineData("codex-agent exec -o nothing", "")]
    public async Task Bash_completes(string line, string expected)
    {
        var words = line.Split(' ');

        (await SourceAsync("bash", ["--norc", "--noprofile"], $$"""
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD={{words.Length - 1}}
            _codex_agent
            printf '%s\n' "${COMPREPLY[@]}"
            complete -p codex-agent
            """)).ShouldBe([.. expected.Length == 0 ? [] : (string[])[expected], "complete -o default -F _codex_agent codex-agent"]);
    }

    [SkippableFact]
    public async Task Bash_runs_nothing_that_a_name_of_a_file_holds()
    {
        Write("home/$(touch run).config.toml", "");
        const string line = "codex-agent exec -p ";

        await SourceAsync("bash", ["--norc", "--noprofile"], $"COMP_LINE='{line}' COMP_POINT={line.Length} COMP_WORDS=(codex-agent exec -p '') COMP_CWORD=3\n_codex_agent\n");

        File.Exists(Path.Combine(_folder, "work", "run")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Zsh_completes_words_and_else_files() => (await SourceAsync(
        "zsh",
        ["-f"],
        """
        BUFFER='codex-agent exec -s danger' CURSOR=26
        _codex_agent
        BUFFER='codex-agent exec -o ' CURSOR=20
        compadd() { return 1 }
        _codex_agent
        """,
        before: """
        compdef() { : }
        compadd() { [ "$1" = -a ] && print -l -- ${(PM)2:#danger*} }
        _files() { print files }
        """)).ShouldBe(["danger-full-access", "files"]);

    [SkippableTheory]
    [InlineData("codex-agent exec --color al", "always")]
    [InlineData("codex-agent exec resume 01a", SessionId)]
    [InlineData("codex-agent exec -o file-of", "file-of-mine")]
    public async Task Fish_completes_words_and_else_files(string line, string expected) =>
        (await SourceAsync("fish", ["--no-config"], $"complete -C '{line}'")).ShouldBe([expected]);

    [SkippableFact]
    public async Task PowerShell_completes() => (await SourceAsync(
        "pwsh",
        ["-NoProfile", "-File"],
        "(TabExpansion2 -inputScript 'codex-agent exec -s work' -cursorColumn 24).CompletionMatches | ForEach-Object { $_.CompletionText }",
        name: "powershell")).ShouldBe(["workspace-write"]);

    [Fact]
    public async Task A_shell_nobody_knows_is_refused_with_those_that_are()
    {
        var error = new StringWriter();

        (await AgentCommandLine.RunAsync(["completion", "tcsh"], TextWriter.Null, error)).ShouldBe(2);

        error.ToString().ShouldBe("codex-agent: <shell> takes bash, zsh, fish or powershell, not 'tcsh'. See codex-agent --help.\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs the script of a shell and some lines behind it, with <c>codex-agent</c> on the path.</summary>
    /// <param name="name">Of the script, when it is not that of the program.</param>
    /// <returns>What was printed, line by line.</returns>
    private async Task<string[]> SourceAsync(string shell, string[] options, string lines, string before = "", string? name = null)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        Skip.IfNot(path.Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, shell))), $"skipped, because {shell} is not installed");
        var script = new StringWriter();
        (await AgentCommandLine.RunAsync(["completion", name ?? shell], script)).ShouldBe(0);
        var session = Write(shell == "pwsh" ? "session.ps1" : "session", $"{before}\n{script}\n{lines}\n");
        var start = new ProcessStartInfo(shell, [.. options, session]) { WorkingDirectory = Path.Combine(_folder, "work"), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = Path.Combine(_folder, "bin") + Path.PathSeparator + path;
        start.Environment["CODEX_HOME"] = Path.Combine(_folder, "home");
        start.Environment["HOME"] = _folder;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var streams = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, string.Concat(streams));
        return string.Concat(streams).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
