using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>A link that leads to no place for a file is refused and left as it is.</summary>
public sealed class LinkStories : IDisposable
{
    private const string Add = "add-provider tensormesh --yes";
    private readonly ToolRun _tool = new();

    private string Dotfiles => Path.Combine(_tool.Folder, "dotfiles");

    [SkippableFact]
    public void F13_a_link_into_a_directory_that_is_missing_is_refused()
    {
        RequireLinks();
        File.CreateSymbolicLink(_tool.ConfigPath, "../dotfiles/codex.toml");

        var outcome = _tool.Run(Add);

        outcome.ExitCode.ShouldBe(ExitCodes.CannotWrite);
        outcome.Error.ShouldContain(Dotfiles);
        Directory.Exists(Dotfiles).ShouldBeFalse();
        _tool.StateFiles.ShouldBeEmpty();
    }

    [SkippableFact]
    public void F14_a_link_to_itself_is_refused()
    {
        RequireLinks();
        File.CreateSymbolicLink(_tool.ConfigPath, "config.toml");

        var outcome = _tool.Run(Add);

        outcome.ExitCode.ShouldBe(ExitCodes.CannotWrite);
        outcome.Error.ShouldContain("circle of links");
        new FileInfo(_tool.ConfigPath).LinkTarget.ShouldBe("config.toml");
        _tool.StateFiles.ShouldBeEmpty();
    }

    [SkippableFact]
    public void F17_a_link_into_the_Nix_store_is_refused_with_the_way_that_works_there()
    {
        RequireLinks();
        File.CreateSymbolicLink(_tool.ConfigPath, "/nix/store/abc-home-manager-files/.codex/config.toml");

        var outcome = _tool.Run(Add);

        outcome.ExitCode.ShouldBe(ExitCodes.CannotWrite);
        outcome.Error.ShouldContain("Home Manager");
        outcome.Error.ShouldContain("profile file");
        _tool.StateFiles.ShouldBeEmpty();
    }

    public void Dispose() => _tool.Dispose();

    private static void RequireLinks() => Skip.If(OperatingSystem.IsWindows(), "skipped, because links need a right of their own on Windows");
}
