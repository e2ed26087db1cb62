using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>Part of story F15: a run under sudo on another user's file.</summary>
public sealed class SudoStories
{
    [Theory]
    [InlineData(0u, "1000", 1000u, true)]
    [InlineData(0u, null, 1000u, false)]
    [InlineData(0u, "1000", 0u, false)]
    [InlineData(1000u, "1000", 1000u, false)]
    public void F15_a_run_under_sudo_on_a_users_file_is_told_of(uint user, string? sudo, uint owner, bool isTold)
    {
        using var tool = new ToolRun { Files = new OtherOwner(user, owner) };
        tool.Config = "model = \"x\"\n";
        if (sudo is not null)
            tool.Variables["SUDO_UID"] = sudo;

        var outcome = tool.Run("add-provider tensormesh --dry-run");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        outcome.Error.Contains("this runs under sudo, and", StringComparison.Ordinal).ShouldBe(isTold);
        if (isTold)
            outcome.Error.ShouldContain("a file of user 1000: its owner stays");
    }

    [Fact]
    public void F15_a_new_file_in_a_users_folder_is_told_of()
    {
        using var tool = new ToolRun { Files = new OtherOwner(0, 1000) };
        tool.Variables["SUDO_UID"] = "1000";

        tool.Run("add-provider tensormesh --dry-run").Error.ShouldContain("new in a folder of user 1000: it will be root's");
    }

    /// <summary>The disk as it is, but for who runs and who owns.</summary>
    private sealed class OtherOwner(uint user, uint owner) : FileSystem
    {
        public override uint? EffectiveUser => user;

        public override FileFacts? Describe(string path) => Current.Describe(path) is { } facts ? facts with { UserId = owner } : null;

        public override void WriteNew(string path, ReadOnlySpan<byte> bytes, FileRights rights) => Current.WriteNew(path, bytes, rights);

        public override void Replace(string source, string target) => Current.Replace(source, target);

        public override void SyncDirectory(string path) => Current.SyncDirectory(path);

        public override void CreatePrivateDirectory(string path) => Current.CreatePrivateDirectory(path);
    }
}
