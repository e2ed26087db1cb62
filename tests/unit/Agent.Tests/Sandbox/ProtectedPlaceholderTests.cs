using Codex.Agent.Sandbox;

namespace Codex.Agent.Tests.Sandbox;

public sealed class ProtectedPlaceholderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("codex-agent-placeholder-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Git => Path.Combine(_root, ".git");

    [SkippableFact]
    public void It_goes_with_the_last_one_who_needs_it()
    {
        OnLinux();
        var first = ProtectedPlaceholder.Hold(Git).Held!;
        var second = ProtectedPlaceholder.Hold(Git).Held!;

        first.Dispose();
        Directory.Exists(Git).ShouldBeTrue();
        second.Dispose();
        Directory.Exists(Git).ShouldBeFalse();
    }

    [SkippableFact]
    public void It_stays_when_somebody_filled_it()
    {
        OnLinux();
        var held = ProtectedPlaceholder.Hold(Git).Held!;
        File.WriteAllText(Path.Combine(Git, "HEAD"), "ref: refs/heads/main\n");

        held.Dispose();

        File.Exists(Path.Combine(Git, "HEAD")).ShouldBeTrue();
    }

    [SkippableFact]
    public void An_empty_directory_of_the_users_is_not_one()
    {
        OnLinux();
        Directory.CreateDirectory(Git);

        ProtectedPlaceholder.IsAt(Git).ShouldBeFalse();
        ProtectedPlaceholder.Hold(Git).Held!.Dispose();

        Directory.Exists(Git).ShouldBeTrue();
    }

    [SkippableFact]
    public void Nothing_is_held_where_nothing_could_be_made() => ShouldHoldNothing("/proc/.git");

    private static void ShouldHoldNothing(string path)
    {
        OnLinux();
        ProtectedPlaceholder.Hold(path).ShouldBe((null, null));
    }

    private static void OnLinux() => Skip.IfNot(OperatingSystem.IsLinux(), "skipped, because sandboxes are for Linux");
}
