using Codex.Agent.Edits;

namespace Codex.Agent.Tests.Edits;

public sealed class StrictPatchTests
{
    [Fact]
    public void Moving_a_file_to_a_link_that_leads_back_to_it_keeps_it()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("a", "1\n");
        File.CreateSymbolicLink(directory["l"], "a");

        StrictPatch.Run("*** Begin Patch\n*** Update File: a\n*** Move to: l\n@@\n-1\n+2\n*** End Patch", directory.Path).ExitCode.ShouldBe(0);

        directory.Read("a").ShouldBe("2\n");
    }

    [Fact]
    public void Moving_a_link_to_the_file_it_leads_to_removes_the_link_only()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("a", "1\n");
        File.CreateSymbolicLink(directory["l"], "a");

        StrictPatch.Run("*** Begin Patch\n*** Update File: l\n*** Move to: a\n@@\n-1\n+2\n*** End Patch", directory.Path).ExitCode.ShouldBe(0);

        FileTree.Read(directory.Path).ShouldBe("a: 2\\n");
    }
}
