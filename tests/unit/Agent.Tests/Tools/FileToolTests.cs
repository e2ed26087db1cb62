using System.Diagnostics;
using Codex.Agent.Tools.EditFile;
using Codex.Agent.Tools.GrepFiles;
using Codex.Agent.Tools.ListDir;
using Codex.Agent.Tools.ReadFile;

namespace Codex.Agent.Tests.Tools;

public sealed class FileToolTests : IDisposable
{
    private readonly ToolBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("""{"path":"a.txt"}""", "L1: one\nL2: two\nL3: \nL4: four")]
    [InlineData("""{"path":"DIR/a.txt","offset":2,"limit":1}""", "L2: two\n[lines 2-2; go on with offset=3; the file has 4 lines]")]
    [InlineData("""{"file_path":"a.txt","offset":"3"}""", "L3: \nL4: four")]
    [InlineData("""{"path":"~/a.txt","offset":4}""", "L4: four")]
    [InlineData("""{"path":"a.txt","offset":5}""", "offset exceeds file length (4 lines)")]
    [InlineData("""{"path":"a.txt","offset":0}""", "offset must be a 1-indexed line number")]
    [InlineData("""{"path":"a.txt","limit":0}""", "limit must be greater than zero")]
    [InlineData("""{"path":"/a.txt","offset":4}""", "Note: the path '/a.txt' was taken for 'a.txt'.\nL4: four")]
    [InlineData("""{"path":"`a.txt`","offset":4}""", "Note: the path '`a.txt`' was taken for 'a.txt'.\nL4: four")]
    [InlineData("""{"path":"a.txtt"}""", "failed to read file: DIR/a.txtt: No such file or directory (os error 2)\nFiles of nearly this name in the same directory: a.txt")]
    [InlineData("""{"path":"none.xyz"}""", "failed to read file: DIR/none.xyz: No such file or directory (os error 2)")]
    [InlineData("""{"path":"."}""", "failed to read file: DIR is a directory; use list_dir")]
    [InlineData("""{"path":"empty"}""", "(the file is empty)")]
    [InlineData("""{"path":"binary"}""", "failed to read file: DIR/binary is binary; use shell to look into it")]
    [InlineData("""{"path":"/dev/zero"}""", "failed to read file: /dev/zero is not a regular file")]
    public async Task A_file_is_read_by_lines(string arguments, string expected)
    {
        _bench.Write("a.txt", "one\ntwo\r\n\nfour\n");
        _bench.Write("empty", "");
        _bench.Write("binary", "a\0b");

        (await _bench.TextAsync(new ReadFileTool(), arguments.Replace("DIR", _bench.Directory, StringComparison.Ordinal))).ShouldBe(expected);
    }

    [Fact]
    public async Task A_long_line_is_cut_between_characters()
    {
        _bench.Write("long", new string('a', 499) + "\U0001F600" + new string('b', 100));

        (await _bench.TextAsync(new ReadFileTool(), """{"path":"long"}""")).ShouldBe("L1: " + new string('a', 499));
    }

    [Fact]
    public async Task A_long_file_comes_in_parts_that_the_model_has_room_for()
    {
        _bench.OutputLimit = 20;
        _bench.Write("a", string.Concat(Enumerable.Range(1, 500).Select(n => $"line number {n}\n")));
        var tool = new ReadFileTool();

        (await _bench.TextAsync(tool, """{"path":"a"}""")).ShouldBe(
            "L1: line number 1\nL2: line number 2\nL3: line number 3\n[lines 1-3; go on with offset=4; the file has 500 lines]");
        (await _bench.TextAsync(tool, """{"path":"a","offset":499}""")).ShouldBe("L499: line number 499\nL500: line number 500");
    }

    [SkippableFact]
    public async Task A_pipe_is_never_opened()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because only Linux tells what a file is");
        using var made = Process.Start("mkfifo", Path.Combine(_bench.Directory, "pipe"));
        await made.WaitForExitAsync();

        (await _bench.TextAsync(new ReadFileTool(), """{"path":"pipe"}""")).ShouldBe("failed to read file: DIR/pipe is not a regular file");
        (await _bench.TextAsync(new ListDirTool(), "{}")).ShouldBe("Absolute path: DIR\npipe?");
        (await _bench.TextAsync(new GrepFilesTool(), """{"pattern":"x"}""")).ShouldBe("No matches found.");
    }

    [Theory]
    [InlineData("{}", "Absolute path: DIR\n.git/\nb/\n  c/\n  d.txt\nbuild/\nlink@\nz.txt")]
    [InlineData("""{"path":"b","depth":3}""", "Absolute path: DIR/b\nc/\n  e/\n    f.txt\nd.txt")]
    [InlineData("""{"dir_path":"DIR","depth":1}""", "Absolute path: DIR\n.git/\nb/\nbuild/\nlink@\nz.txt")]
    [InlineData("""{"offset":3,"limit":3}""", "Absolute path: DIR\nb/\n  c/\n  d.txt\nMore than 3 entries found")]
    [InlineData("""{"offset":99}""", "offset exceeds directory entry count")]
    [InlineData("""{"path":"b/c/e/none"}""", "failed to read directory: DIR/b/c/e/none: No such file or directory (os error 2)")]
    [InlineData("""{"path":"z.txt"}""", "failed to read directory: DIR/z.txt is a file; use read_file")]
    [InlineData("""{"path":"build/x"}""", "Absolute path: DIR/build/x\n(empty)")]
    [InlineData("""{"depth":0}""", "depth must be greater than zero")]
    public async Task A_directory_is_listed_as_a_tree(string arguments, string expected)
    {
        _bench.Write("b/c/e/f.txt", "");
        _bench.Write("b/d.txt", "");
        _bench.Write("z.txt", "");
        _bench.Write(".git/HEAD", "");
        _bench.Write("build/out", "");
        _bench.Write("build/x/y", "");
        File.Delete(Path.Combine(_bench.Directory, "build/x/y"));
        File.WriteAllText(Path.Combine(_bench.Directory, ".git/../b/../.git/info"), "");
        Directory.CreateSymbolicLink(Path.Combine(_bench.Directory, "link"), Path.Combine(_bench.Directory, "b"));
        var ignored = _bench.Write(".gitignore", "build/\n");

        var text = await _bench.TextAsync(new ListDirTool(), arguments.Replace("DIR", _bench.Directory, StringComparison.Ordinal));

        File.Exists(ignored).ShouldBeTrue();
        text.Replace("\n.gitignore", "", StringComparison.Ordinal).ShouldBe(expected);
    }

    [Fact]
    public async Task Files_that_match_are_told_newest_first_with_their_lines()
    {
        var (old, recent) = (_bench.Write("src/old.cs", "x\nint Needle;\n"), _bench.Write("src/new.cs", "Needle();\n  Needle2();\nNeedle3\nNeedle4\n"));
        _bench.Write("src/no.cs", "nothing\n");
        _bench.Write("notes.txt", "Needle\n");
        _bench.Write("binary", "Needle\0\n");
        _bench.Write(".git/HEAD", "Needle\n");
        _bench.Write("out/a.cs", "Needle\n");
        _bench.Write(".gitignore", "out\n");
        File.SetLastWriteTimeUtc(old, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(recent, new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        var tool = new GrepFilesTool();

        (await _bench.TextAsync(tool, """{"pattern":"Needle","include":"*.cs"}""")).ShouldBe("""
            DIR/src/new.cs
              1: Needle();
              2: Needle2();
              3: Needle3
            DIR/src/old.cs
              2: int Needle;
            """);
        (await _bench.TextAsync(tool, """{"pattern":"Needle","limit":1,"path":"src"}""")).ShouldEndWith("[1 more files match]");
        (await _bench.TextAsync(tool, """{"pattern":"^Need.e$"}""")).ShouldBe("DIR/notes.txt\n  1: Needle");
        (await _bench.TextAsync(tool, """{"pattern":"Needle(","include":"src/**/*.{cs,js}"}""")).ShouldBe(
            "[the pattern is no regular expression; searched for it as plain text]\nDIR/src/new.cs\n  1: Needle();");
        (await _bench.TextAsync(tool, """{"pattern":"(?<=int )Needle","path":"src/old.cs"}""")).ShouldBe("DIR/src/old.cs\n  2: int Needle;");
        (await _bench.TextAsync(tool, """{"pattern":"absent"}""")).ShouldBe("No matches found.");
        (await _bench.TextAsync(tool, """{"pattern":"x","path":"none"}""")).ShouldBe("unable to access `DIR/none`: No such file or directory (os error 2)");
        (await _bench.CallAsync(tool, """{"pattern":"x","path":"none"}""")).IsSuccess.ShouldBeFalse();
    }

    [Fact]
    public async Task A_pattern_made_to_take_forever_ends()
    {
        _bench.Write("a", new string('a', 5000) + "!");

        (await _bench.TextAsync(new GrepFilesTool(), """{"pattern":"(a+)+\\1$"}""")).ShouldBe("No matches found.");
    }

    /// <summary>What git says of the same files.</summary>
    [SkippableFact]
    public async Task What_git_ignores_is_left_out()
    {
        Skip.IfNot(File.Exists("/usr/bin/git"), "skipped, because git is not here");
        _bench.Write(".gitignore", "*.log\n!keep.log\n/root.txt\nsub/only.txt\ndir/\n**/deep/x\n[ab].tmp\n# note\n\\#odd\n");
        _bench.Write("sub/.gitignore", "*.md\n!/a.md\n");
        string[] files =
        [
            "a.log", "keep.log", "root.txt", "sub/root.txt", "sub/only.txt", "only.txt", "x/sub/only.txt", "dir/a", "x/dir/a", "file/dir", "deep/x",
            "p/q/deep/x", "a.tmp", "c.tmp", "#odd", "sub/a.md", "sub/b.md", "sub/c/a.md", "a.md",
        ];
        foreach (var file in files)
            _bench.Write(file, "needle");
        await GitAsync("init", "-q");
        var known = (await GitAsync("ls-files", "--others", "--exclude-standard", "-z")).Split('\0', StringSplitOptions.RemoveEmptyEntries);

        var found = (await _bench.TextAsync(new GrepFilesTool(), """{"pattern":"needle"}""")).Split('\n').Where(l => l.StartsWith("DIR/", StringComparison.Ordinal));

        found.Select(l => l[4..]).Order(StringComparer.Ordinal).ShouldBe(known.Intersect(files).Order(StringComparer.Ordinal));
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _bench.Directory, RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return output;
    }

    [SkippableTheory]
    [InlineData("/proc/self/environ")]
    [InlineData("/proc/thread-self/environ")]
    [InlineData("/proc/self/task/../environ")]
    [InlineData("link")]
    [InlineData("self/environ")]
    public async Task What_the_system_tells_of_this_process_is_kept_from_the_model(string path)
    {
        Skip.IfNot(File.Exists("/proc/self/environ"), "skipped, because there is no /proc");
        using var bench = new ToolBench();
        File.CreateSymbolicLink(Path.Combine(bench.Directory, "link"), "/proc/self/environ");
        Directory.CreateSymbolicLink(Path.Combine(bench.Directory, "self"), "/proc/self");

        (await bench.TextAsync(new ReadFileTool(), $$"""{"path":"{{path}}"}""")).ShouldBe(
            $"failed to read file: {Full(path)}: it belongs to the system's processes; use a command to look at it");
        (await bench.TextAsync(new GrepFilesTool(), $$"""{"pattern":"PATH","path":"{{path}}"}""")).ShouldStartWith("unable to search");
        (await bench.TextAsync(new EditFileTool(), $$"""{"path":"{{path}}","old":"PATH=zzz","new":"x"}""")).ShouldNotContain("PATH=/");

        string Full(string name) => name.StartsWith('/') ? Path.GetFullPath(name) : "DIR/" + name;
    }

    [SkippableFact]
    public async Task The_kernels_trees_are_not_searched()
    {
        Skip.IfNot(Directory.Exists("/proc/self"), "skipped, because there is no /proc");
        using var bench = new ToolBench();

        (await bench.TextAsync(new GrepFilesTool(), """{"pattern":"x","path":"/proc"}""")).ShouldStartWith("unable to search `/proc`");
        Codex.Agent.Tools.Files.FileTree.Walk("/", 2).ShouldNotContain(e => e.Path.StartsWith("/proc/", StringComparison.Ordinal));
    }
}
