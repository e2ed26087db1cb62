using System.Text.Json;
using Codex.Agent.Approvals;
using Codex.Agent.Edits;
using Codex.Agent.Events;
using Codex.Agent.Sandbox;
using Codex.Agent.Tools.ApplyPatch;
using Codex.Agent.Tools.WriteFile;

namespace Codex.Agent.Tests.Edits;

public sealed class EditPermissionTests
{
    private const string Rejected = "patch rejected: writing outside of the project; rejected by user approval settings";

    [Theory]
    [InlineData("../out")]
    [InlineData("sub/../../out")]
    [InlineData("/out-of-everything")]
    [InlineData("link/out")]
    [InlineData("file-link")]
    [InlineData(".git/hooks/pre-commit")]
    [InlineData("sub/../.git/config")]
    [InlineData("git-link/config")]
    [InlineData("sub/.git/config")]
    [InlineData(".codex/config.toml")]
    [InlineData(".agents/skills/x/SKILL.md")]
    [InlineData(".aws/credentials")]
    [InlineData(".git")]
    [InlineData(".GIT/config")]
    [InlineData("sub/.Codex/config.toml")]
    public async Task What_leaves_the_writable_directories_is_refused(string path)
    {
        using var surroundings = new EditSurroundings();
        Directory.CreateDirectory(Path.Combine(surroundings.Work, ".git"));
        File.CreateSymbolicLink(Path.Combine(surroundings.Work, "link"), "..");
        File.CreateSymbolicLink(Path.Combine(surroundings.Work, "file-link"), "../out");
        File.CreateSymbolicLink(Path.Combine(surroundings.Work, "git-link"), ".git");

        var (text, isSuccess) = await WriteAsync(surroundings, path);

        isSuccess.ShouldBeFalse();
        text.ShouldBeOneOf(Rejected, $"write_file failed: {Path.Combine(surroundings.Work, ".git")}: path `{Path.Combine(surroundings.Work, ".git")}` is not a file");
        Directory.GetFiles(surroundings.Root.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).ShouldBeEmpty();
        surroundings.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Moving_a_file_out_is_refused_and_so_is_removing_one_outside()
    {
        using var surroundings = new EditSurroundings();
        surroundings.Root.Write("work/a", "x\n");
        surroundings.Root.Write("b", "x\n");

        (await PatchAsync(surroundings, "*** Update File: a\n*** Move to: ../c\n@@\n-x\n+y")).Text.ShouldBe(Rejected);
        (await PatchAsync(surroundings, "*** Delete File: ../b")).Text.ShouldBe(Rejected);

        FileTree.Read(surroundings.Root.Path).ShouldBe("b: x\\n\nwork/a: x\\n");
    }

    [Theory]
    [InlineData(ApprovalAnswer.Once, "b: y", ItemStatus.Completed)]
    [InlineData(ApprovalAnswer.Declined, "", ItemStatus.Declined)]
    public async Task The_user_is_asked_and_has_the_last_word(ApprovalAnswer answer, string expected, ItemStatus status)
    {
        using var surroundings = new EditSurroundings(ApprovalPolicy.OnRequest, answer);

        var (text, isSuccess) = await WriteAsync(surroundings, "../b");

        isSuccess.ShouldBe(expected.Length > 0);
        if (!isSuccess)
            text.ShouldBe("patch rejected by user");
        FileTree.Read(surroundings.Root.Path).ShouldBe(expected);
        var asked = surroundings.Asked.ShouldHaveSingleItem().ShouldBeOfType<ApprovalRequest.Edit>();
        asked.Paths.ShouldBe([surroundings.Root["b"]]);
        asked.Diff.ShouldContain("+y");
        surroundings.Events.OfType<AgentEvent.ItemCompleted>().ShouldHaveSingleItem().Item.ShouldBeOfType<ThreadItem.FileChange>().Status.ShouldBe(status);
    }

    [Fact]
    public async Task Nobody_is_asked_about_edits_inside_unless_everything_is_asked_about()
    {
        using var onRequest = new EditSurroundings(ApprovalPolicy.OnRequest, ApprovalAnswer.Declined);
        (await WriteAsync(onRequest, "a")).IsSuccess.ShouldBeTrue();
        onRequest.Asked.ShouldBeEmpty();

        using var untrusted = new EditSurroundings(ApprovalPolicy.Untrusted, ApprovalAnswer.Declined);
        (await WriteAsync(untrusted, "a")).IsSuccess.ShouldBeFalse();
        untrusted.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public void A_sandbox_that_only_reads_lets_nothing_be_written_and_none_lets_all()
    {
        EditPermission.IsWritable("/w/a", SandboxPolicy.ReadOnly).ShouldBeFalse();
        EditPermission.IsWritable("/w/.git/a", SandboxPolicy.FullAccess).ShouldBeTrue();
        var named = new SandboxPolicy(SandboxMode.WorkspaceWrite, ["/w", "/w/.codex/notes"], AllowsNetwork: false);
        EditPermission.IsWritable("/w/.codex/notes/a", named).ShouldBeTrue();
        EditPermission.IsWritable("/w/.codex/a", named).ShouldBeFalse();
        EditPermission.IsWritable("/wider/a", named).ShouldBeFalse();
    }

    [Fact]
    public async Task An_edit_is_told_from_its_beginning_to_its_end_with_a_diff()
    {
        using var surroundings = new EditSurroundings();
        surroundings.Root.Write("work/a", "x\n");

        await PatchAsync(surroundings, "*** Update File: a\n@@\n-x\n+y");

        var started = surroundings.Events[0].ShouldBeOfType<AgentEvent.ItemStarted>().Item.ShouldBeOfType<ThreadItem.FileChange>();
        started.Status.ShouldBe(ItemStatus.InProgress);
        started.Changes.ShouldBe([new ChangedFile(surroundings.Root["work/a"], ChangeKind.Update)]);
        started.Diff.ShouldBe("--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-x\n+y\n");
        surroundings.Events[1].ShouldBe(new AgentEvent.ItemCompleted(started with { Status = ItemStatus.Completed }));
    }

    private static Task<(string Text, bool IsSuccess)> WriteAsync(EditSurroundings surroundings, string path) =>
        surroundings.RunAsync(new WriteFileTool(), JsonSerializer.Serialize(new { path, content = "y" }));

    private static Task<(string Text, bool IsSuccess)> PatchAsync(EditSurroundings surroundings, string operations) =>
        surroundings.RunAsync(new ApplyPatchTool(), JsonSerializer.Serialize(new { input = $"*** Begin Patch\n{operations}\n*** End Patch" }));

    [Theory]
    [InlineData("/w/home/rules/x.rules", false)]
    [InlineData("/w/home", false)]
    [InlineData("/w/home/worktrees/x/a", true)]
    [InlineData("/w/homely", true)]
    public void Codexs_own_directory_stays_as_it_is_but_for_a_workspace_in_it(string path, bool expected)
    {
        var policy = new SandboxPolicy(SandboxMode.WorkspaceWrite, ["/w", "/w/home/worktrees/x"], AllowsNetwork: false) { ProtectedPaths = ["/w/home"] };

        EditPermission.IsWritable(path, policy).ShouldBe(expected);
    }
}
