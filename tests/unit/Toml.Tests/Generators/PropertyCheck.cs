using FsCheck;

namespace Codex.Toml.Tests.Generators;

internal static class PropertyCheck
{
    /// <summary>Tries fresh random values each run; a failure names the seed with which it comes again.</summary>
    public static void ShouldHold(this Property property, int times = 200) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), property);
}
