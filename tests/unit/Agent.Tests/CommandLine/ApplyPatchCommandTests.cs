using System.Text;
using Codex.Agent.CommandLine;

namespace Codex.Agent.Tests.CommandLine;

public sealed class ApplyPatchCommandTests
{
    [Theory]
    [InlineData("--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+y")]
    [InlineData("@@ no file of arguments")]
    [InlineData("-")]
    public async Task What_looks_like_an_option_is_still_the_patch(string patch)
    {
        var (exitCode, error) = await RunAsync([patch]);

        exitCode.ShouldBe(1);
        error.ShouldBe("Invalid patch: The first line of the patch must be '*** Begin Patch'\n");
    }

    [Fact]
    public async Task Two_arguments_are_one_too_many()
    {
        var (exitCode, error) = await RunAsync(["a", "b"]);

        exitCode.ShouldBe(2);
        error.ShouldBe("Error: apply_patch accepts exactly one argument.\n");
    }

    [Theory]
    [InlineData("", 2, "Usage: apply_patch 'PATCH'\n       echo 'PATCH' | apply_patch\n")]
    [InlineData(" \n", 1, "Invalid patch: The last line of the patch must be '*** End Patch'\n")]
    [InlineData("\xff", 1, "Error: Failed to read PATCH from stdin.\nstream did not contain valid UTF-8\n")]
    public async Task Without_an_argument_the_patch_is_read_from_stdin(string input, int exitCode, string expected)
    {
        var error = new StringWriter();
        var command = ApplyPatchCommand.Create(new MemoryStream(Encoding.Latin1.GetBytes(input)));

        (await command.Parse([]).InvokeAsync(new() { Error = error, Output = TextWriter.Null })).ShouldBe(exitCode);

        error.ToString().ShouldBe(expected);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(string[] arguments)
    {
        var error = new StringWriter();
        var exitCode = await AgentCommandLine.RunAsync(["apply-patch", .. arguments], new ExecSurroundings(Input: null, TimeProvider.System), TextWriter.Null, error);
        return (exitCode, error.ToString());
    }
}
