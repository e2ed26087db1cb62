using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>A person at a real terminal who changes their mind.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TerminalStories
{
    private const string Before = "model = \"a\"\n";
    private const string Question = "Write these changes? [Y/n]";

    /// <summary>As typed at the question, and what it comes to.</summary>
    [SkippableTheory]
    [InlineData("\u0003", ExitCodes.Interrupted, false)]
    [InlineData("\u0004", ExitCodes.Done, false)]
    [InlineData("n\n", ExitCodes.Done, false)]
    [InlineData("\n", ExitCodes.Done, true)]
    public async Task What_is_typed_at_the_question_counts_and_the_terminal_is_as_before(string typed, int exitCode, bool isWritten)
    {
        Skip.IfNot(File.Exists("/usr/bin/script") && OperatingSystem.IsLinux(), "skipped, because the program script, which makes terminals, is not installed");
        Skip.If(typed == "\u0003" && IgnoresInterrupts(), "skipped, because SIGINT is ignored here, as in a job in the background");
        using var tool = new ToolRun { Config = Before };
        var marks = Path.Combine(tool.Folder, "marks");
        var program = Path.Combine(AppContext.BaseDirectory, "codex-config.dll");
        // The shell hears Ctrl-C as well, and has to outlive it to tell what happened.
        await File.WriteAllTextAsync(Path.Combine(tool.Folder, "session.sh"), $"""
            trap : INT
            stty -g > '{marks}'
            dotnet '{program}' add-provider tensormesh --codex-home '{tool.CodexHome}' --state-dir '{tool.StatePath}'
            echo "ended with $?" >> '{marks}'
            stty -g >> '{marks}'

            """);

        var screen = await TypeAsync(tool.Folder, typed);

        var lines = await File.ReadAllLinesAsync(marks);
        lines.Length.ShouldBe(3, screen);
        lines[1].ShouldBe($"ended with {exitCode}", screen);
        lines[2].ShouldBe(lines[0], "the terminal's settings");
        (tool.Config != Before).ShouldBe(isWritten, screen);
        if (!isWritten)
        {
            screen.ShouldContain("nothing was written");
            tool.StateFiles.ShouldBeEmpty();
        }
    }

    /// <summary>What a process ignores its children ignore, and .NET leaves it so.</summary>
    private static bool IgnoresInterrupts()
    {
        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (ulong.Parse(ignored.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 2) != 0;
    }

    private static async Task<string> TypeAsync(string folder, string typed)
    {
        using var process = Process.Start(new ProcessStartInfo("script", ["-qec", "sh session.sh", "/dev/null"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var screen = "";
        try
        {
            var buffer = new char[4096];
            while (await process.StandardOutput.ReadAsync(buffer, limit.Token) is var count and > 0)
            {
                var isAsked = screen.Contains(Question, StringComparison.Ordinal);
                screen += new string(buffer, 0, count);
                if (!isAsked && screen.Contains(Question, StringComparison.Ordinal))
                {
                    await process.StandardInput.WriteAsync(typed.AsMemory(), limit.Token);
                    await process.StandardInput.FlushAsync(limit.Token);
                }
            }

            await process.WaitForExitAsync(limit.Token);
            return screen;
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            var marks = Path.Combine(folder, "marks");
            throw new TimeoutException($"the terminal did not end; it shows:\n{screen}\nand its marks are:\n{(File.Exists(marks) ? await File.ReadAllTextAsync(marks, CancellationToken.None) : "")}", e);
        }
    }
}
