using System.Text.RegularExpressions;
using Codex.Translation.Dialects;
using Codex.Translation.Tests.Fixtures;

namespace Codex.Translation.Tests.Dialects;

/// <summary>What must hold for every dialect, present and future.</summary>
public sealed partial class DialectRegistryTests
{
    public static TheoryData<string> Names => [.. DialectRegistry.All.Select(d => d.Name)];

    [Fact]
    public void Names_are_unique() => DialectRegistry.All.Select(d => d.Name).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_lower_case_and_found_in_any_case(string name)
    {
        name.ShouldMatch("^[a-z][a-z0-9]*$");
        DialectRegistry.Find(name)!.Name.ShouldBe(name);
        DialectRegistry.Find(name.ToUpperInvariant())!.Name.ShouldBe(name);
    }

    [Fact]
    public void A_name_that_is_none_is_not_found() => DialectRegistry.Find("nobody").ShouldBeNull();

    [Fact]
    public void Each_dialect_has_one_file_and_each_file_is_registered()
    {
        var folder = Path.Combine(RepositoryFiles.Root, "src", "Translation", "Dialects");
        var declared = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs"))
        {
            foreach (Match match in NameLine().Matches(File.ReadAllText(file)))
                declared.Add(match.Groups[1].Value);
        }

        declared.Order().ShouldBe(DialectRegistry.All.Select(d => d.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Data_of_a_dialect_agree_with_each_other(string name)
    {
        var dialect = DialectRegistry.Find(name)!;
        if (dialect.ReasoningReplay != ReasoningReplay.Never || dialect.ReasoningPlaceholder is not null)
            dialect.ReasoningReplayField.ShouldNotBeNull("replayed reasoning needs a field");
        if (dialect.ReasoningReplayField is not null)
            dialect.ReasoningReplay.ShouldNotBe(ReasoningReplay.Never, "a field that is never filled");
        if (dialect.RefusesKeywordsAtRootOnly)
            dialect.RefusedSchemaKeywords.ShouldNotBeEmpty();
        if (dialect.LateInstructions == LateInstructions.InPlace)
            dialect.MergeUserMessages.ShouldBeFalse("a template that wants strict order takes no late instructions");
        dialect.MaxTokensField.ShouldBeOneOf("max_tokens", "max_completion_tokens");
        dialect.InstructionsRole.ShouldBeOneOf("system", "developer");
        dialect.ToolChoice.HasFlag(ToolChoiceSupport.Auto).ShouldBeTrue();
        dialect.FaultSigns.ShouldAllBe(s => s.Status != null || s.Text.Length > 0);
    }

    [GeneratedRegex("\\bName = \"([^\"]+)\"")]
    private static partial Regex NameLine();
}
