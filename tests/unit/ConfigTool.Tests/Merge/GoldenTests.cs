namespace Codex.ConfigTool.Tests.Merge;

/// <summary>The merge cases, run as they are: a file before, arguments, an exit code and the file after.</summary>
public sealed class GoldenTests
{
    private const string NoGoldens = "-";

    public static TheoryData<string> All => Where(_ => true);

    public static TheoryData<string> Written => Where(g => g.Exit == 0);

    public static TheoryData<string> Refused => Where(g => g.Exit != 0);

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void A_merge_gives_the_file_and_exit_code_of_its_case(string id)
    {
        using var tool = Prepare(id, out var golden);

        var outcome = tool.Run(golden.Args);

        outcome.ExitCode.ShouldBe(golden.Exit, outcome.Error);
        tool.Config.ShouldBe(golden.After);
    }

    [SkippableTheory]
    [MemberData(nameof(Written))]
    public void A_second_run_changes_no_byte_and_leaves_no_trace(string id)
    {
        using var tool = Prepare(id, out var golden);
        tool.Run(golden.Args).ExitCode.ShouldBe(0);
        var written = File.GetLastWriteTimeUtc(tool.ConfigPath);
        var operations = tool.StateFiles;

        tool.Run(golden.Args.Replace(" --force", "", StringComparison.Ordinal)).ExitCode.ShouldBe(0);

        tool.Config.ShouldBe(golden.After);
        File.GetLastWriteTimeUtc(tool.ConfigPath).ShouldBe(written);
        tool.StateFiles.ShouldBe(operations);
    }

    [SkippableTheory]
    [MemberData(nameof(All))]
    public void A_dry_run_writes_nothing_at_all(string id)
    {
        using var tool = Prepare(id, out var golden);

        tool.Run(golden.Args.Replace("--yes", "--dry-run", StringComparison.Ordinal)).ExitCode.ShouldBe(golden.Exit);

        tool.Config.ShouldBe(golden.Before);
        Directory.Exists(tool.StatePath).ShouldBeFalse();
    }

    [SkippableTheory]
    [MemberData(nameof(Refused))]
    public void A_refused_case_says_the_place(string id)
    {
        using var tool = Prepare(id, out var golden);

        var error = tool.Run(golden.Args).Error;

        error.ShouldContain("config.toml:");
        if (golden.Exit == 5)
            error.ShouldContain($"config.toml:{golden.Strict.Split(": ")[0]}:");
    }

    private static TheoryData<string> Where(Func<Golden, bool> filter) => [.. Golden.All.Where(filter).Select(g => g.Id).DefaultIfEmpty(NoGoldens)];

    private static ToolRun Prepare(string id, out Golden golden)
    {
        Skip.If(id == NoGoldens, "skipped, because ../shared/config-goldens.json is not beside this checkout");
        golden = Golden.Find(id);
        var tool = new ToolRun();
        if (golden.Before is not null)
            tool.Config = golden.Before;
        return tool;
    }
}
