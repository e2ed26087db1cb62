using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Tests.Files;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>A file of somebody else is not ours to replace.</summary>
public sealed class RightsStories
{
    private const string Before = "model = \"a\"\n";
    private const uint Nobody = 65534;

    [SkippableFact]
    public void F15_a_file_of_another_user_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because Windows has no numbers for users");
        using var tool = new ToolRun { Config = Before, Files = new FaultyFiles { User = Nobody } };

        var outcome = tool.Run("add-provider tensormesh --yes");

        outcome.ExitCode.ShouldBe(ExitCodes.CannotWrite);
        outcome.Error.ShouldContain("belongs to another user");
        tool.Config.ShouldBe(Before);
        tool.StateFiles.ShouldBeEmpty();
    }
}
