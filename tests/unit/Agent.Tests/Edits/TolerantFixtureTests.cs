using System.Text.Json;
using System.Text.RegularExpressions;
using Codex.Agent.Tools.ApplyPatch;
using Codex.Agent.Tools.EditFile;

namespace Codex.Agent.Tests.Edits;

/// <summary>
/// What models send, what becomes of the files, and what the model is told. A directory holds patch.txt, freeform.txt or
/// edit.json, and input, expected and result.txt; UPDATE_FIXTURES=1 writes the last two.
/// </summary>
public sealed partial class TolerantFixtureTests
{
    public static TheoryData<string> Cases => FixtureFiles.Names("patches/tolerant");

    private static string Folder => Path.Combine(RepositoryRoot.Path, "fixtures", "patches", "tolerant");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_edit_does_what_was_meant_or_nothing(string name)
    {
        var folder = Path.Combine(Folder, name);
        using var surroundings = new EditSurroundings();
        FileTree.Copy(Path.Combine(folder, "input"), surroundings.Work);
        var before = FileTree.Read(surroundings.Root.Path);

        var (text, isSuccess) = await RunAsync(folder, surroundings);

        var result = WallTime().Replace(text, "Wall time: 0.1 seconds").Replace(surroundings.Work, "@@CWD@@", StringComparison.Ordinal).TrimEnd('\n') + "\n";
        if (!isSuccess)
            FileTree.Read(surroundings.Root.Path).ShouldBe(before);
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            Update(folder, result, surroundings.Work);
        result.ShouldBe(File.ReadAllText(Path.Combine(folder, "result.txt")));
        FileTree.Read(surroundings.Work).ShouldBe(FileTree.Read(Path.Combine(folder, "expected")));
    }

    private static Task<(string Text, bool IsSuccess)> RunAsync(string folder, EditSurroundings surroundings)
    {
        var edit = Path.Combine(folder, "edit.json");
        if (File.Exists(edit))
            return surroundings.RunAsync(new EditFileTool(), File.ReadAllText(edit));
        var freeForm = Path.Combine(folder, "freeform.txt");
        var isFreeForm = File.Exists(freeForm);
        var patch = File.ReadAllText(isFreeForm ? freeForm : Path.Combine(folder, "patch.txt"));
        return surroundings.RunAsync(new ApplyPatchTool(), JsonSerializer.Serialize(new { input = patch }), isFreeForm);
    }

    private static void Update(string folder, string result, string work)
    {
        File.WriteAllText(Path.Combine(folder, "result.txt"), result);
        var expected = Path.Combine(folder, "expected");
        if (Directory.Exists(expected))
            Directory.Delete(expected, recursive: true);
        FileTree.Copy(work, expected);
    }

    [GeneratedRegex(@"Wall time: [\d.]+ seconds")]
    private static partial Regex WallTime();
}
