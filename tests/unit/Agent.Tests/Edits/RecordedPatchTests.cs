using Codex.Agent.Edits;

namespace Codex.Agent.Tests.Edits;

/// <summary>Patches recorded from Codex 0.169, where its recordings lie beside the repository, and ours of the same form.</summary>
public sealed class RecordedPatchTests
{
    public static TheoryData<string> Recorded => Directory.Exists(Recordings)
        ? new TheoryData<string>(new DirectoryInfo(Recordings).EnumerateDirectories().Select(d => d.Name).Order(StringComparer.Ordinal))
        : new TheoryData<string>("none");

    public static TheoryData<string> Own => FixtureFiles.Names("patches/strict");

    private static string Fixtures => Path.Combine(RepositoryRoot.Path, "fixtures", "patches");

    private static string Recordings => Path.Combine(RepositoryRoot.Path, "..", "shared", "apply-patch-golden");

    [SkippableTheory]
    [MemberData(nameof(Recorded))]
    public void A_recorded_patch_gives_the_recorded_files_texts_and_exit_code(string name)
    {
        Skip.If(name == "none", "skipped, because the recordings are not beside the repository");
        Run(Path.Combine(Recordings, name));
    }

    [Theory]
    [MemberData(nameof(Own))]
    public void A_patch_is_applied_exactly_as_written(string name) => Run(Path.Combine(Fixtures, "strict", name));

    private static void Run(string recorded)
    {
        using var directory = new TemporaryDirectory();
        FileTree.Copy(Path.Combine(recorded, "input"), directory.Path);
        if (Path.GetFileName(recorded).EndsWith("symlink_update", StringComparison.Ordinal))
            RestoreLink(directory["link"], "real");
        var patch = File.ReadAllText(Path.Combine(recorded, "patch.txt")).Replace("@@CWD@@", directory.Path, StringComparison.Ordinal);
        if (!File.Exists(Path.Combine(recorded, "stdin")))
            patch = patch.TrimEnd('\n');

        var result = StrictPatch.Run(patch, directory.Path);

        FileTree.Read(directory.Path).ShouldBe(FileTree.Read(Path.Combine(recorded, "expected")));
        result.Output.ShouldBe(Text(recorded, "stdout.txt", directory.Path));
        result.Error.ShouldBe(Text(recorded, "stderr.txt", directory.Path));
        result.ExitCode.ToString().ShouldBe(Text(recorded, "rc.txt", directory.Path).Trim());
    }

    /// <summary>The recordings were copied with links followed; the case is about a link.</summary>
    private static void RestoreLink(string link, string target)
    {
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }

    private static string Text(string recorded, string name, string directory) =>
        File.ReadAllText(Path.Combine(recorded, name)).Replace("@@CWD@@", directory, StringComparison.Ordinal);
}
