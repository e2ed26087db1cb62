using Codex.Translation.Translate;

namespace Codex.Translation.Tests.Translate;

public class ToolNameMatchTests
{
    private static readonly ToolMap Tools = new(
    [
        new ToolBinding("exec_command", ToolKind.Function, "exec_command", null),
        new ToolBinding("mcp__a__add", ToolKind.Function, "add", "mcp__a"),
        new ToolBinding("mcp__b__add", ToolKind.Function, "add", "mcp__b"),
        new ToolBinding("mcp__b__sub", ToolKind.Function, "sub", "mcp__b"),
        new ToolBinding("Twin", ToolKind.Function, "Twin", null),
        new ToolBinding("twin", ToolKind.Function, "twin", null),
    ]);

    [Theory]
    [InlineData("exec_command", "exec_command")]
    [InlineData("Exec_Command", "exec_command")]
    [InlineData(" exec_command ", "exec_command")]
    [InlineData("functions.exec_command", "exec_command")]
    [InlineData("functions.exec_command<|channel|>commentary", "exec_command")]
    [InlineData("tool.exec_command", "exec_command")]
    [InlineData("mcp__a.add", "mcp__a__add")]
    [InlineData("mcp__a/add", "mcp__a__add")]
    [InlineData("sub", "mcp__b__sub")]
    [InlineData("twin", "twin")]
    public void A_name_is_found_as_models_write_it(string written, string wireName) =>
        ToolNameMatch.Find(Tools, written).ShouldNotBeNull().WireName.ShouldBe(wireName);

    [Theory]
    [InlineData("TWIN")]
    [InlineData("add")]
    [InlineData("exec")]
    [InlineData("<|channel|>")]
    [InlineData("")]
    public void A_name_that_fits_none_or_several_is_not_guessed(string written) => ToolNameMatch.Find(Tools, written).ShouldBeNull();
}
