using System.Globalization;
using System.Text;

namespace Codex.ConfigTool.Tests.Merge;

/// <summary>
/// The rules of merging as directories of <c>fixtures/config</c>: <c>before.toml</c>, <c>arguments</c>, then <c>after.toml</c> or an <c>exit</c> code,
/// and what is <c>said</c> on standard error, with HOME for the directory.
/// </summary>
public sealed class MergeFixtureTests
{
    private static readonly string Folder = Find();

    public static TheoryData<string> All => [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Written => [.. Directory.GetDirectories(Folder).Where(d => File.Exists(Path.Combine(d, "after.toml"))).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_merge_gives_the_file_the_exit_code_and_the_words_of_its_case(string name)
    {
        using var tool = Prepare(name);

        var outcome = tool.Run(Text(name, "arguments")!);

        outcome.ExitCode.ShouldBe(int.Parse(Text(name, "exit") ?? "0", CultureInfo.InvariantCulture), outcome.Error);
        tool.Config.ShouldBe(Bytes(name, "after.toml") ?? Bytes(name, "before.toml"));
        outcome.Error.ReplaceLineEndings("\n").Replace(tool.CodexHome + Path.DirectorySeparatorChar, "HOME/", StringComparison.Ordinal).ShouldBe(Bytes(name, "said") ?? "");
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void A_second_run_changes_nothing_and_removing_gives_back_every_byte(string name)
    {
        using var tool = Prepare(name);
        tool.Run(Text(name, "arguments")!).ExitCode.ShouldBe(0);
        var operations = tool.StateFiles;

        tool.Run(Text(name, "arguments")!.Replace(" --force", "", StringComparison.Ordinal)).ExitCode.ShouldBe(0);

        tool.Config.ShouldBe(Bytes(name, "after.toml"));
        tool.StateFiles.ShouldBe(operations);
        var removal = tool.Run("remove-provider tensormesh --yes");
        removal.ExitCode.ShouldBe(0, removal.Error);
        tool.Config.ShouldBe(Bytes(name, "before.toml"));
    }

    private static ToolRun Prepare(string name)
    {
        var tool = new ToolRun();
        File.Copy(Path.Combine(Folder, name, "before.toml"), tool.ConfigPath);
        return tool;
    }

    private static string? Text(string name, string file) => Bytes(name, file)?.Trim();

    private static string? Bytes(string name, string file) =>
        Path.Combine(Folder, name, file) is var path && File.Exists(path) ? Encoding.UTF8.GetString(File.ReadAllBytes(path)) : null;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Codex.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "fixtures", "config");
    }
}
