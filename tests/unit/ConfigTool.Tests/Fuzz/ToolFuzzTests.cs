using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Codex.ConfigTool.CommandLine;
using Codex.Toml;

namespace Codex.ConfigTool.Tests.Fuzz;

/// <summary>
/// Random homes times random commands. Runs some seconds; CODEX_CONFIG_FUZZ_SECONDS makes it longer, CODEX_CONFIG_FUZZ_SEED repeats a
/// home that a failure named.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class ToolFuzzTests
{
    private const int DefaultSeconds = 4;
    private const int CommandsPerHome = 7;

    private static readonly int[] Documented =
    [
        ExitCodes.Done, ExitCodes.Usage, ExitCodes.ChangesPending, ExitCodes.Conflict, ExitCodes.InvalidConfiguration, ExitCodes.CannotWrite,
        ExitCodes.ChangedUnderneath, ExitCodes.DoctorErrors, ExitCodes.DoctorWarnings, ExitCodes.CannotUndo,
    ];

    [SkippableFact]
    public void Random_commands_in_random_homes_keep_every_promise()
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because the homes are full of links and modes");
        var limit = TimeSpan.FromSeconds(Number("CODEX_CONFIG_FUZZ_SECONDS") ?? DefaultSeconds);
        var watch = Stopwatch.StartNew();
        if (Number("CODEX_CONFIG_FUZZ_SEED") is { } only)
        {
            RunHome(only);
            return;
        }

        do
            RunHome(Random.Shared.Next());
        while (watch.Elapsed < limit);
    }

    private static void RunHome(int seed)
    {
        var random = new Random(seed);
        using var tool = new ToolRun();
        RandomHome.Furnish(tool, random);
        var log = new StringBuilder($"seed {seed}\n");
        try
        {
            AddAndTakeBack(tool, RandomCommand.Add(random), byRemoving: random.Next(2) == 0, log);
            for (var i = 0; i < CommandsPerHome; i++)
                RunAndUndo(tool, RandomCommand.Any(random), undo: random.Next(3) == 0, log);
        }
        catch (Exception e) when (e is not ShouldAssertException)
        {
            throw new InvalidOperationException(log.ToString(), e);
        }
    }

    /// <summary>What was added last, and touched by nobody, goes without a trace.</summary>
    private static void AddAndTakeBack(ToolRun tool, string[] add, bool byRemoving, StringBuilder log)
    {
        var before = HomeSnapshot.Of(tool);
        if (!Run(tool, [.. add, "--yes"], log).Written)
            return;
        var added = HomeSnapshot.Of(tool);
        Run(tool, [.. add, "--yes"], log).Written.ShouldBeFalse($"the same again wrote something; {log}");
        HomeSnapshot.Of(tool).ShouldBe(added, log.ToString());

        string[] back = byRemoving ? ["remove-provider", IdOf(add), "--yes"] : ["undo", "--yes"];
        Run(tool, back, log).Written.ShouldBeTrue($"{string.Join(' ', back)} did nothing; {log}");
        HomeSnapshot.Of(tool).ShouldBe(before, log.ToString());
    }

    private static void RunAndUndo(ToolRun tool, string[] command, bool undo, StringBuilder log)
    {
        var before = HomeSnapshot.Of(tool);
        if (!Run(tool, command, log).Written || !undo || command[0] == "undo")
            return;
        Run(tool, ["undo", "--yes"], log).Written.ShouldBeTrue($"undo did nothing; {log}");
        HomeSnapshot.Of(tool).ShouldBe(before, log.ToString());
    }

    private static (bool Written, string Output) Run(ToolRun tool, string[] command, StringBuilder log)
    {
        log.AppendLine(CultureInfo.InvariantCulture, $"--- {HomeSnapshot.Of(tool)}\n--- {Text(tool)}\n$ codex-config {string.Join(' ', command.Select(c => $"'{c}'"))}");
        var (before, text) = (HomeSnapshot.Of(tool), Text(tool));

        var outcome = tool.Run(command);

        log.AppendLine(CultureInfo.InvariantCulture, $"exit {outcome.ExitCode}\n{outcome.Output}\n{outcome.Error}");
        var told = log.ToString();
        outcome.ExitCode.ShouldBeOneOf(Documented, told);
        var printed = outcome.Output + outcome.Error;
        printed.ShouldNotContain("   at ", Case.Sensitive, told);
        printed.ShouldNotContain("sk-secret-0123456789abcdef", Case.Sensitive, told);
        if (outcome.ExitCode != ExitCodes.Done)
            outcome.Error.Length.ShouldBeGreaterThan(command.Contains("--json") || outcome.ExitCode is ExitCodes.ChangesPending or ExitCodes.DoctorErrors or ExitCodes.DoctorWarnings ? -1 : 0, told);

        var written = HomeSnapshot.Of(tool) != before;
        // The doctor may put some things right and still find others wrong.
        var isRefused = outcome.ExitCode != ExitCodes.Done && command is not ["doctor", ..];
        if (isRefused || command.Contains("--dry-run") || !command.Contains("--yes"))
            written.ShouldBeFalse($"something was written; {told}");
        // Choosing another provider may take a section of ours away, and the blank line with it.
        if (written && command[0] is "add-provider" or "use" && text is not null)
            UntouchedLines.FirstLost(TomlDocument.Parse(text), TomlDocument.Parse(Text(tool)!), evenBlank: command[0] == "add-provider").ShouldBeNull(told);
        return (written, printed);
    }

    private static string? Text(ToolRun tool)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(tool.ConfigPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string IdOf(string[] add) => Array.IndexOf(add, "--id") is var at and >= 0 ? add[at + 1]
        : add is [_, "ollama", ..] ? "ollama-gateway" : add[1];

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
