using Codex.Agent.Projects;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Projects;

public sealed class GitRepositoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData(".git/HEAD", true)]
    [InlineData(".git", true)]
    [InlineData(".git/config", false)]
    public void A_repository_has_a_head_or_points_to_one(string file, bool holds)
    {
        _directory.Write(file, "x");
        Directory.CreateDirectory(_directory["sub"]);

        GitRepository.Holds(_directory.Path).ShouldBe(holds);
        GitRepository.Holds(_directory["sub"]).ShouldBe(holds);
    }

    [Fact]
    public void An_empty_one_inside_does_not_hide_the_one_around()
    {
        _directory.Write(".git/HEAD", "x");
        Directory.CreateDirectory(_directory["sub/.git"]);

        GitRepository.Holds(_directory["sub"]).ShouldBeTrue();
    }

    [Fact]
    public void An_empty_one_above_makes_no_root()
    {
        Directory.CreateDirectory(_directory[".git"]);
        Directory.CreateDirectory(_directory["sub"]);

        GitRepository.FindRoot(_directory["sub"]).ShouldNotBe(_directory.Path);
    }

    public void Dispose() => _directory.Dispose();
}
