using Codex.Agent.Memory;

namespace Codex.Agent.Tests.Memory;

public sealed class MemoryFileTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("memory");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void A_fact_is_kept_until_it_is_dropped()
    {
        var memory = new MemoryFile(_home.FullName);

        memory.Add("  always use pytest,\n never unittest ").ShouldBe(new MemoryChange.Added("always use pytest, never unittest"));
        memory.Add("Use tabs").ShouldBe(new MemoryChange.Added("Use tabs"));
        File.ReadAllText(memory.File).ShouldBe("- always use pytest, never unittest\n- Use tabs\n");
        memory.Drop("TABS").ShouldBe(new MemoryChange.Dropped("Use tabs"));
        memory.Facts().ShouldBe(["always use pytest, never unittest"]);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(memory.File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void What_the_user_wrote_around_the_facts_stays()
    {
        var memory = new MemoryFile(_home.FullName);
        Directory.CreateDirectory(Path.GetDirectoryName(memory.File)!);
        File.WriteAllText(memory.File, "# Mine\n\n- one\nnot a fact\n- two");

        memory.Add("three");
        memory.Drop("two");

        File.ReadAllText(memory.File).ShouldBe("# Mine\n\n- one\nnot a fact\n- three\n");
    }

    [Fact]
    public void Of_several_matches_none_is_dropped_but_an_exact_one_is_meant()
    {
        var memory = new MemoryFile(_home.FullName);
        memory.Add("use pnpm");
        memory.Add("use pnpm in ci");

        memory.Drop("pnpm").ShouldBe(new MemoryChange.Refused("\"pnpm\" is in several facts; write more of the one that is meant:\n- use pnpm\n- use pnpm in ci"));
        memory.Drop("Use pnpm").ShouldBe(new MemoryChange.Dropped("use pnpm"));
    }

    [Theory]
    [InlineData("", "Usage: /m_update <fact>")]
    [InlineData("USE TABS", "This is remembered already.")]
    [InlineData("my key is sk-proj-abcdefghijklmnop1234", "This looks like a key or password")]
    [InlineData("github_pat_11ABCDEFGHIJKLMNOP is mine", "This looks like a key or password")]
    [InlineData("-----BEGIN RSA PRIVATE KEY", "This looks like a key or password")]
    [InlineData("password: hunter2hunter2", "This looks like a key or password")]
    [InlineData("export API_KEY=abcdef123456", "This looks like a key or password")]
    public void A_fact_that_should_not_be_kept_is_refused(string fact, string reason)
    {
        var memory = new MemoryFile(_home.FullName);
        memory.Add("use tabs");

        memory.Add(fact).ShouldBeOfType<MemoryChange.Refused>().Reason.ShouldStartWith(reason);
        memory.Facts().ShouldBe(["use tabs"]);
    }

    [Theory]
    [InlineData("the token counter lives in src/Tokens")]
    [InlineData("read passwords from the environment")]
    [InlineData("the secret is kept in the vault")]
    public void Talk_about_keys_is_no_key(string fact) => new MemoryFile(_home.FullName).Add(fact).ShouldBeOfType<MemoryChange.Added>();

    [Theory]
    [InlineData("", "Usage: /m_drop <query>")]
    [InlineData("nothing", "Nothing that is remembered has \"nothing\" in it.")]
    public void A_query_that_fits_nothing_is_refused(string query, string reason) =>
        new MemoryFile(_home.FullName).Drop(query).ShouldBe(new MemoryChange.Refused(reason));
}
