using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Tests.Doctor;

/// <summary>What Codex itself says: here with scripts in its place; the contract tests ask the real one.</summary>
public sealed class WithCodexTests
{
    private const string Strict = "--strict-config app-server --print-startup-config";
    private const string Lenient = "app-server --print-startup-config";
    private const string Error = """{"error":{"data":{"filePath":"FILE","line":4,"column":3,"detail":"FILE:4:3: unknown configuration field `odd`"}}}""";

    [Fact]
    public void A_codex_that_takes_the_file_is_told_with_its_version()
    {
        using var run = Home();
        var codex = Fake(run, "0.169.0", strict: "exit 0", lenient: "exit 9");

        run.Run($"doctor --with-codex {codex}").Output.ShouldContain("I02 Codex 0.169.0 takes the file and knows every key in it\n");
        run.Run("doctor").Output.ShouldContain("I02 Codex 0.169.0 takes the file");
    }

    [Fact]
    public void A_codex_that_refuses_the_file_is_an_error_with_its_words_and_the_place()
    {
        using var run = Home();
        Fake(run, "0.169.0", strict: $"echo '{At(run)}'; exit 1", lenient: $"echo '{At(run)}'; exit 1");

        DoctorHome.Codes(run).ShouldBe("E16 4");
        run.Run("doctor").Output.ShouldContain("Codex 0.169.0 does not start: ");
        run.Run("doctor").ExitCode.ShouldBe(ExitCodes.DoctorErrors);
    }

    [Fact]
    public void What_only_strict_codex_refuses_is_a_warning()
    {
        using var run = Home();
        Fake(run, "0.169.0", strict: $"echo '{At(run)}'; exit 1", lenient: "exit 0");

        DoctorHome.Codes(run).ShouldBe("W22 4");
    }

    [Fact]
    public void What_another_check_has_told_of_is_not_told_twice()
    {
        using var run = Home("odd = 1");
        Fake(run, "0.169.0", strict: $"echo '{At(run)}'; exit 1", lenient: "exit 0");

        DoctorHome.Codes(run).ShouldBe("W02 4");
    }

    [Fact]
    public void An_older_codex_is_asked_in_its_own_way_and_its_limits_are_told()
    {
        using var run = Home();
        Fake(run, "0.131.0", strict: "exit 9", lenient: "exit 9", features: "exit 0");

        run.Run("doctor").Output.ShouldContain("I02 Codex 0.131.0 takes the file; it has no profile files (codex -p NAME) and no model_catalog_url\n");

        Fake(run, "0.131.0", strict: "exit 9", lenient: "exit 9", features: "echo >&2; echo 'Error: Model provider `own` not found' >&2; exit 1");
        run.Run("doctor").Output.ShouldContain("E16 Codex 0.131.0 does not start: Model provider `own` not found");
    }

    [Fact]
    public void A_key_too_new_for_the_codex_is_a_warning()
    {
        using var run = Home("model_catalog_url = \"http://127.0.0.1:9/v1/models\"");
        Fake(run, "0.155.1", features: "exit 0");

        DoctorHome.Codes(run).ShouldBe("W23 4");
        DoctorHome.Codes(run, "--codex-version", "0.160.1").ShouldBe("");
    }

    [Theory]
    [InlineData("0.131.0", "W04 1|W04 2")]
    [InlineData("0.134.0", "E06 1|W04 2")]
    public void F24_profiles_inside_the_file_are_an_error_only_for_a_codex_that_refuses_them(string version, string codes)
    {
        using var run = new ToolRun { Config = "profile = \"old\"\n[profiles.old]\nmodel = \"x\"\n" };
        Fake(run, version, features: "exit 0");

        DoctorHome.Codes(run).ShouldBe(codes);
    }

    [Fact]
    public void A_file_that_is_not_codex_own_cannot_be_judged()
    {
        using var run = Home();
        Fake(run, "0.169.0", strict: "exit 1", lenient: "exit 1");
        var other = Path.Combine(run.Folder, "other.toml");
        File.WriteAllText(other, "");

        var outcome = run.Run($"doctor --file {other}");

        outcome.ExitCode.ShouldBe(ExitCodes.Done);
        outcome.Output.ShouldContain("could not be asked about the file");
    }

    [Fact]
    public void A_program_that_is_not_there_is_a_usage_error()
    {
        using var run = Home();

        run.Run("doctor --with-codex /nowhere/codex").ExitCode.ShouldBe(ExitCodes.Usage);
    }

    private static ToolRun Home(string third = "") => new()
    {
        Config = $"[model_providers.own]\nname = \"own\"\nbase_url = \"http://127.0.0.1:9/v1\"\n{third}\n",
    };

    private static string At(ToolRun run) => Error.Replace("FILE", run.ConfigPath, StringComparison.Ordinal);

    private static string Fake(ToolRun run, string version, string strict = "exit 9", string lenient = "exit 9", string features = "exit 9") => FakeProgram.In(run, "codex", $"""
        [ "$CODEX_HOME" = '{run.CodexHome}' ] || exit 8
        case "$*" in
        --version) echo codex-cli {version};;
        '{Strict}') {strict};;
        '{Lenient}') {lenient};;
        'features list') {features};;
        esac
        """.ReplaceLineEndings("\n"));
}
