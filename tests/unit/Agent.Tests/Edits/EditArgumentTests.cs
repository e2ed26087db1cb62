using Codex.Agent.Tools.EditFile;
using Codex.Agent.Tools.WriteFile;

namespace Codex.Agent.Tests.Edits;

public sealed class EditArgumentTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { "write_file", """{"path":"a"}""" },
        { "write_file", """{"path":"a","content":{"x":1}}""" },
        { "write_file", """{"content":"x"}""" },
        { "edit_file", """{"path":"a","old":"x","new":null}""" },
        { "edit_file", """{"path":"a","old":["x"],"new":"y"}""" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_no_text_is_never_taken_for_an_empty_one(string name, string arguments)
    {
        using var surroundings = new EditSurroundings();
        surroundings.Root.Write("work/a", "x\n");

        (await surroundings.RunAsync(name == "write_file" ? new WriteFileTool() : (Codex.Agent.Tools.ITool)new EditFileTool(), arguments)).IsSuccess.ShouldBeFalse();

        FileTree.Read(surroundings.Work).ShouldBe("a: x\\n");
    }

    [Fact]
    public async Task An_empty_new_text_removes_the_old()
    {
        using var surroundings = new EditSurroundings();
        surroundings.Root.Write("work/a", "x y\n");

        (await surroundings.RunAsync(new EditFileTool(), """{"path":"a","old":" y","new":""}""")).IsSuccess.ShouldBeTrue();

        surroundings.Root.Read("work/a").ShouldBe("x\n");
    }
}
