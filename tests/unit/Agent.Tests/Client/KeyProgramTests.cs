using System.Collections.Immutable;
using Codex.Agent.Client;

namespace Codex.Agent.Tests.Client;

public sealed class KeyProgramTests
{
    private static readonly ImmutableDictionary<string, string> Variables = ImmutableDictionary<string, string>.Empty.Add("WHO", "made-up");

    [SkippableTheory]
    [InlineData("printf '%s\\n' \"$WHO-key\"", "made-up-key")]
    [InlineData("printf ''", null)]
    [InlineData("printf made-up; exit 3", null)]
    [InlineData("cat", null)]
    public async Task A_program_prints_the_key_or_is_at_fault(string script, string? key)
    {
        using var program = Program(script, TimeSpan.FromMinutes(1));

        var found = await program.FindAsync(CancellationToken.None);

        (found as KeyFound.Known)?.Key.ShouldBe(key);
        if (key is null)
            found.ShouldBeOfType<KeyFound.Failed>().Reason.ShouldNotContain("made-up");
        found.ToString()!.ShouldNotContain("made-up");
    }

    [SkippableFact]
    public async Task A_program_that_does_not_end_is_ended()
    {
        using var program = Program("exec sleep 600", TimeSpan.FromMilliseconds(50));

        (await program.FindAsync(CancellationToken.None)).ShouldBeOfType<KeyFound.Failed>().Reason.ShouldContain("does not end within 0.05 s");
    }

    [Fact]
    public async Task A_program_that_is_missing_is_told()
    {
        using var program = new KeyProgram("/nowhere/at-all", [], Path.GetTempPath(), Variables, TimeSpan.FromMinutes(1), TimeSpan.Zero, TimeProvider.System);

        (await program.FindAsync(CancellationToken.None)).ShouldBeOfType<KeyFound.Failed>().Reason.ShouldContain("does not start");
    }

    [SkippableFact]
    public async Task A_key_is_kept_until_it_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("key");
        try
        {
            using var program = Program($"echo x >> '{folder.FullName}/runs'; wc -l < '{folder.FullName}/runs'", TimeSpan.FromMinutes(1));

            (await program.FindAsync(CancellationToken.None)).ShouldBe(new KeyFound.Known("1"));
            (await program.FindAsync(CancellationToken.None)).ShouldBe(new KeyFound.Known("1"));
            program.Forget("another");
            (await program.FindAsync(CancellationToken.None)).ShouldBe(new KeyFound.Known("1"));
            program.Forget("1");
            (await program.FindAsync(CancellationToken.None)).ShouldBe(new KeyFound.Known("2"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static KeyProgram Program(string script, TimeSpan limit)
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because the scripts are for sh");
        return new KeyProgram("/bin/sh", ["-c", script], Path.GetTempPath(), Variables.Add("PATH", "/usr/bin:/bin"), limit, TimeSpan.FromMinutes(5), TimeProvider.System);
    }
}
