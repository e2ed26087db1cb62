using Codex.Translation.Tests.Fixtures;

namespace Codex.Translation.Tests.Translate.Request;

public sealed class RequestFixtureTests
{
    public static TheoryData<string> All => RepositoryFiles.FixtureNames(RequestFixture.Area);

    [Theory]
    [MemberData(nameof(All))]
    public void A_request_becomes_exactly_these_files(string name)
    {
        var fixture = RequestFixture.Load(name);
        var outcome = RequestFixture.Outcome(fixture.Body, fixture.Dialect);
        foreach (var file in RequestFixture.OutcomeFiles)
        {
            var made = outcome.GetValueOrDefault(file);
            if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
                fixture.Expect(file, made);
            made.ShouldBe(fixture.Expected(file), file);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_request_gives_the_same_files_again(string name)
    {
        var fixture = RequestFixture.Load(name);
        RequestFixture.Outcome(fixture.Body, fixture.Dialect).ShouldBe(RequestFixture.Outcome(fixture.Body, fixture.Dialect));
    }
}
