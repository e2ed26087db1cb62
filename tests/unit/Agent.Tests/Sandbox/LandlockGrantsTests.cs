using Codex.Agent.Sandbox;

namespace Codex.Agent.Tests.Sandbox;

public sealed class LandlockGrantsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("codex-agent-grants-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Around_what_is_kept_the_neighbours_are_granted()
    {
        Directory.CreateDirectory(Path.Combine(_root, "a", "kept", "inside"));
        Directory.CreateDirectory(Path.Combine(_root, "a", "free"));
        File.WriteAllText(Path.Combine(_root, "file"), "");
        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), "a/kept");

        LandlockGrants.For([_root], [Path.Combine(_root, "a", "kept")]).Order(StringComparer.Ordinal)
            .ShouldBe([Path.Combine(_root, "a", "free"), Path.Combine(_root, "file")]);
        LandlockGrants.For([_root], ["/elsewhere"]).ShouldBe([_root]);
        LandlockGrants.For([_root], [_root]).ShouldBeEmpty();
    }
}
