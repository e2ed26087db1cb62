using System.Reflection;
using System.Text.RegularExpressions;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>The list of stories and the tests that prove them belong together.</summary>
public sealed partial class FailureStoryTests
{
    private static readonly ILookup<string, string> Proofs = typeof(FailureStoryTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
        .SelectMany(method => Ids().Match(method.Name).Groups["id"].Captures.Select(id => (Id: id.Value, Test: $"{method.DeclaringType!.Name}.{method.Name}")))
        .ToLookup(proof => proof.Id, proof => proof.Test, StringComparer.Ordinal);

    public static TheoryData<string> Stories => [.. FailureStory.All.Select(story => story.Id)];

    [Theory]
    [MemberData(nameof(Stories))]
    public void Every_story_has_a_test_that_proves_it(string id) =>
        Proofs[id].ShouldNotBeEmpty(FailureStory.All.Single(story => story.Id == id).Promise);

    [Fact]
    public void Every_test_of_a_story_names_one_of_the_list()
    {
        FailureStory.All.Select(story => story.Id).ShouldBe(Enumerable.Range(1, 37).Select(number => $"F{number:00}"));
        Proofs.Select(proof => proof.Key).ShouldBeSubsetOf(FailureStory.All.Select(story => story.Id));
    }

    [GeneratedRegex(@"^(?:(?<id>F\d\d)_)+")]
    private static partial Regex Ids();
}
