using Codex.ConfigTool.Doctor;

namespace Codex.ConfigTool.Tests.Doctor;

/// <summary>What stands around the file: who else writes it, shells, chats, the server's kind.</summary>
public sealed class SurroundingsTests
{
    private const string Llama = "model_provider = \"llamacpp\"\nmodel = \"m\"\nROOT[model_providers.llamacpp]\nname = \"l\"\nbase_url = \"http://127.0.0.1:8080/v1\"\nREST";

    [Theory]
    [InlineData("", "", "W10 5")]
    [InlineData("web_search = \"disabled\"\n", "[agents]\nenabled = false\n", "W10 6")]
    [InlineData("web_search = \"disabled\"\n", "[agents]\nenabled = false\n[features]\ngoals = false\n", "")]
    public void Tools_that_the_server_refuses_are_told_of(string root, string rest, string codes)
    {
        using var run = new ToolRun { Config = Llama.Replace("ROOT", root, StringComparison.Ordinal).Replace("REST", rest, StringComparison.Ordinal) };

        DoctorHome.Codes(run).ShouldBe(codes);
    }

    [Fact]
    public void What_minimal_tools_writes_is_enough()
    {
        using var run = new ToolRun();
        run.Run("add-provider llamacpp --model m --minimal-tools --yes").ExitCode.ShouldBe(0);

        DoctorHome.Codes(run).ShouldBe("");
    }

    [Fact]
    public void A_vendor_that_speaks_chat_only_is_known_by_its_host()
    {
        using var run = DoctorHome.At("https://api.deepseek.com/beta/v1");

        DoctorHome.Codes(run).ShouldBe("E13 6");
    }

    [Theory]
    [InlineData("dot_codex/config.toml", "W11 -")]
    [InlineData("private_dot_codex/private_config.toml.tmpl", "W11 -")]
    [InlineData("dot_codex/other.config.toml.bak", "")]
    [InlineData("dot_codexx/config.toml", "")]
    public void A_file_of_chezmoi_is_known_by_its_source(string source, string codes)
    {
        using var run = AtUserHome();
        var path = Path.Combine(run.UserHome, ".local", "share", "chezmoi", source);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");

        DoctorHome.Codes(run).ShouldBe(codes);
    }

    [Theory]
    [InlineData(".stow", "W11 -")]
    [InlineData("other", "")]
    public void A_link_into_a_folder_of_stow_is_told_of(string mark, string codes)
    {
        using var run = AtUserHome();
        var dotfiles = Directory.CreateDirectory(Path.Combine(run.UserHome, "dotfiles", "codex")).FullName;
        File.WriteAllText(Path.Combine(run.UserHome, "dotfiles", mark), "");
        var own = Path.Combine(run.UserHome, ".codex", "config.toml");
        File.Move(own, Path.Combine(dotfiles, "config.toml"));
        File.CreateSymbolicLink(own, Path.Combine(dotfiles, "config.toml"));

        DoctorHome.Codes(run).ShouldBe(codes);
    }

    [Theory]
    [InlineData(".profile", "export CODEX_HOME=/x", "")]
    [InlineData(".config/environment.d/codex.conf", "CODEX_HOME=/x", "")]
    [InlineData(".profile", "# export CODEX_HOME=/x", "W12 -")]
    public void A_directory_that_only_this_shell_knows_is_told_of(string file, string line, string codes)
    {
        using var run = DoctorHome.At("http://127.0.0.1:9/v1");
        File.Delete(Path.Combine(run.UserHome, ".profile"));
        var path = Path.Combine(run.UserHome, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, line + "\n");

        DoctorHome.Codes(run).ShouldBe(codes);
        run.Variables.Remove("CODEX_HOME");
        DoctorHome.Codes(run, "--codex-home", run.CodexHome).ShouldBe("");
    }

    [Fact]
    public void Chats_are_counted_and_those_without_a_provider_told_of()
    {
        using var run = DoctorHome.At("http://127.0.0.1:9/v1");
        Chat(run, "1", "own");
        Chat(run, "2", "gone");
        Chat(run, "3", "openai");
        Chat(run, "4", "own");

        DoctorHome.Codes(run).ShouldBe("W26 -");
        var output = run.Run("doctor").Output;
        output.ShouldContain("I01 chats: 2 with own, 1 with gone, 1 with openai");
        output.ShouldContain("1 chat was made with 'gone', which the file has no more");
    }

    [Fact]
    public void Every_kind_of_finding_is_listed_once_and_no_code_has_two_meanings()
    {
        CheckRegistry.Kinds.Select(k => k.Code).ShouldBeUnique();
        CheckRegistry.Kinds.ShouldAllBe(k => k.Code.Length == 3);
        using var run = new ToolRun();
        var listed = run.Run("doctor --checks").Output;
        foreach (var kind in CheckRegistry.Kinds)
            listed.Split('\n').ShouldContain(l => l.StartsWith(kind.Code, StringComparison.Ordinal) && l.Contains(kind.Summary, StringComparison.Ordinal));
    }

    /// <summary>The directory is the default one, <c>~/.codex</c>.</summary>
    private static ToolRun AtUserHome()
    {
        var run = new ToolRun();
        run.Variables.Remove("CODEX_HOME");
        Directory.CreateDirectory(Path.Combine(run.UserHome, ".codex"));
        File.WriteAllText(Path.Combine(run.UserHome, ".codex", "config.toml"), "model = \"x\"\n");
        return run;
    }

    private static void Chat(ToolRun run, string id, string provider)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.CodexHome, "sessions", "2026", "01", "02")).FullName;
        File.WriteAllText(Path.Combine(folder, $"rollout-2026-01-02T03-04-05-{id}.jsonl"), $$$"""{"type":"session_meta","payload":{"id":"{{{id}}}","model_provider":"{{{provider}}}"}}""");
    }
}
