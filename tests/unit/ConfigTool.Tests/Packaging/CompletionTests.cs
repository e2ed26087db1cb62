using System.Runtime.Versioning;
using Codex.ConfigTool.Tests.Processes;

namespace Codex.ConfigTool.Tests.Packaging;

/// <summary>The scripts of <c>completions</c>, run in the shells they are for.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CompletionTests : IDisposable
{
    private readonly ToolRun _tool = new();

    [SkippableTheory]
    [InlineData("codex-config add-provider tensor", "tensormesh")]
    [InlineData("codex-config rem", "remove-provider")]
    [InlineData("codex-config use x --mod", "--model")]
    public async Task Bash_completes(string line, string expected)
    {
        Require("bash");

        var words = line.Split(' ');
        (await SourceAsync("bash", ["--norc", "--noprofile"], "bash", $$"""
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD={{words.Length - 1}}
            _codex_config
            printf '%s\n' "${COMPREPLY[@]}"
            complete -p codex-config
            """)).ShouldBe([expected, "complete -o default -F _codex_config codex-config"]);
    }

    [SkippableFact]
    public async Task Zsh_completes()
    {
        Require("zsh");

        (await SourceAsync("zsh", ["-f"], "zsh", """
            BUFFER='codex-config add-provider tensor' CURSOR=32
            _codex_config
            """, before: """
            compdef() { : }
            compadd() { [ "$1" = -a ] && print -l -- ${(P)2} }
            """)).ShouldBe(["tensormesh"]);
    }

    [SkippableFact]
    public async Task Fish_completes()
    {
        Require("fish");

        (await SourceAsync("fish", ["--no-config"], "fish", "complete -C 'codex-config add-provider tensor'")).ShouldBe(["tensormesh"]);
    }

    [SkippableFact]
    public async Task PowerShell_completes()
    {
        Require("pwsh");

        (await SourceAsync("pwsh", ["-NoProfile", "-File"], "pwsh", """
            (TabExpansion2 -inputScript 'codex-config add-provider tensor' -cursorColumn 32).CompletionMatches | ForEach-Object { $_.CompletionText }
            """)).ShouldBe(["tensormesh"]);
    }

    public void Dispose() => _tool.Dispose();

    private static void Require(string shell) => Skip.IfNot(Programs.IsInstalled(shell), $"skipped, because {shell} is not installed");

    /// <summary>Runs the script of a shell and some lines behind it, with <c>codex-config</c> on the path.</summary>
    /// <returns>What was printed, line by line.</returns>
    private async Task<string[]> SourceAsync(string shell, string[] options, string script, string lines, string before = "")
    {
        var bin = Directory.CreateDirectory(Path.Combine(_tool.Folder, "bin")).FullName;
        var program = Path.Combine(bin, "codex-config");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "codex-config.dll")}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var session = Path.Combine(_tool.Folder, shell == "pwsh" ? "session.ps1" : "session");
        await File.WriteAllTextAsync(session, $"{before}\n{_tool.Run($"completions {script}").Output}\n{lines}\n");

        var (exitCode, printed) = await Programs.RunAsync(shell, [.. options, session], _tool.Folder,
            ("PATH", $"{bin}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}"), ("CODEX_HOME", _tool.CodexHome), ("HOME", _tool.Folder));

        exitCode.ShouldBe(0, printed);
        return printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
