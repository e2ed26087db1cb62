using Codex.ConfigTool.CommandLine;
using Codex.Toml;
using Codex.Toml.Tests.Corpus;

namespace Codex.ConfigTool.Tests.Fuzz;

/// <summary>Every valid file of the official corpus as a configuration: adding and removing a provider gives back every byte.</summary>
public sealed class CorpusRollbackTests
{
    [SkippableTheory]
    [InlineData("remove-provider tensormesh --yes", 1)]
    [InlineData("undo --yes", 10)]
    public void Adding_and_taking_back_gives_the_same_bytes_for_every_valid_file(string back, int each)
    {
        Skip.IfNot(TomlTestCorpus.IsHere, TomlTestCorpus.Missing);
        foreach (var file in TomlTestCorpus.Files(TomlVersion.V1_1, "valid").Where((_, number) => number % each == 0))
        {
            using var tool = new ToolRun();
            var before = TomlTestCorpus.Read(file);
            File.WriteAllBytes(tool.ConfigPath, before);

            tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(ExitCodes.Done, file);
            tool.Config!.ShouldContain("tensormesh", Case.Sensitive, file);
            var outcome = tool.Run(back);

            outcome.ExitCode.ShouldBe(ExitCodes.Done, $"{file}: {outcome.Error}");
            File.ReadAllBytes(tool.ConfigPath).ShouldBe(before, file);
        }
    }

    [SkippableFact]
    public void No_invalid_file_is_touched()
    {
        Skip.IfNot(TomlTestCorpus.IsHere, TomlTestCorpus.Missing);
        using var tool = new ToolRun();
        foreach (var file in TomlTestCorpus.Files(TomlVersion.V1_1, "invalid"))
        {
            var before = TomlTestCorpus.Read(file);
            File.WriteAllBytes(tool.ConfigPath, before);

            var outcome = tool.Run("add-provider tensormesh --yes");

            outcome.ExitCode.ShouldBe(ExitCodes.InvalidConfiguration, file);
            outcome.Error.ShouldContain("config.toml", Case.Sensitive, file);
            File.ReadAllBytes(tool.ConfigPath).ShouldBe(before, file);
            tool.StateFiles.ShouldBeEmpty();
        }
    }
}
