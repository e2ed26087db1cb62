namespace Codex.ConfigTool.Tests.Doctor;

/// <summary>Files around the user's own that say something else.</summary>
public sealed class LayerTests : IDisposable
{
    private readonly ToolRun _tool = DoctorHome.At("http://127.0.0.1:9/v1");

    [Theory]
    [InlineData("model = \"from-project\"", "W03 2", "still at the provider 'own', which answers 404 Not Found")]
    [InlineData("model = \"mini\"", "", "")]
    [InlineData("model_reasoning_effort = \"low\"", "W03 -", "here model_reasoning_effort = \"low\" holds")]
    [InlineData("model_provider = \"elsewhere\"", "W24 -", "sets model_provider, which Codex passes over")]
    [InlineData("[model_providers.x]\nname = \"x\"", "W24 -", "sets model_providers")]
    [InlineData("model = ", "E01 -", "config.toml:1:9: ")]
    public void A_trusted_project_is_looked_at(string project, string codes, string words)
    {
        Write(Path.Combine(_tool.WorkFolder, ".codex", "config.toml"), project);
        Trust(_tool.WorkFolder);

        DoctorHome.Codes(_tool).ShouldBe(codes);
        _tool.Run("doctor").Output.ShouldContain(words);
    }

    [Fact]
    public void A_project_that_is_not_trusted_only_informs()
    {
        Write(Path.Combine(_tool.WorkFolder, ".codex", "config.toml"), "model = \"from-project\"\n");
        Trust(_tool.Folder);

        DoctorHome.Codes(_tool).ShouldBe("");
        _tool.Run("doctor").Output.ShouldContain("I05 ");
    }

    [Fact]
    public void Files_from_the_root_of_the_project_down_to_the_folder_count_and_none_above()
    {
        Write(Path.Combine(_tool.Folder, ".codex", "config.toml"), "model = \"too-high\"\n");
        var root = Path.Combine(_tool.WorkFolder, "..", "work");
        Directory.CreateDirectory(Path.Combine(root, ".git"));
        Write(Path.Combine(root, ".codex", "config.toml"), "model = \"from-root\"\n");
        Trust(_tool.WorkFolder);

        var output = _tool.Run("doctor").Output;

        output.ShouldContain("from-root");
        output.ShouldNotContain("too-high");
    }

    [Fact]
    public void The_file_of_the_machine_is_told_of_where_the_users_says_nothing()
    {
        Write(Path.Combine(_tool.SystemFolder, "config.toml"), "model = \"unseen\"\nmodel_reasoning_effort = \"low\"\n");

        DoctorHome.Codes(_tool).ShouldBe("W03 -");
        _tool.Run("doctor").Output.ShouldContain("config.toml:2 sets model_reasoning_effort = \"low\", which holds because config.toml says nothing about it");
    }

    [Fact]
    public void The_file_of_the_manager_holds_over_the_users()
    {
        Write(Path.Combine(_tool.SystemFolder, "managed_config.toml"), "model_provider = \"openai\"\n");

        DoctorHome.Codes(_tool).ShouldBe("W03 1");
        _tool.Run("doctor").Output.ShouldContain("managed_config.toml:1: here model_provider = \"openai\" holds and not model_provider = \"own\"");
    }

    [Theory]
    [InlineData("model_provider = \"own\"", "")]
    [InlineData("model_provider = \"here\"\n[model_providers.here]\nname = \"h\"", "")]
    [InlineData("model_provider = \"gone\"", "E04 -")]
    [InlineData("profile = \"x\"", "W04 -")]
    [InlineData("model = ", "E01 -")]
    public void Profile_files_are_looked_at(string profile, string codes)
    {
        Write(Path.Combine(_tool.CodexHome, "work.config.toml"), profile);

        DoctorHome.Codes(_tool).ShouldBe(codes);
    }

    [Theory]
    [InlineData("alias w='codex -p work'", "")]
    [InlineData("alias w='codex exec --profile=wrok hello'", "W25 -")]
    [InlineData("alias w='codex -p wrok'", "W25 -")]
    [InlineData("# alias w='codex -p wrok'", "")]
    [InlineData("alias w='codex exec hello | less -p wrok'", "")]
    public void Profiles_that_aliases_choose_must_have_a_file(string line, string codes)
    {
        Write(Path.Combine(_tool.CodexHome, "work.config.toml"), "model = \"x\"\n");
        Write(Path.Combine(_tool.UserHome, ".zshrc"), line + "\n");

        DoctorHome.Codes(_tool).ShouldBe(codes);
    }

    public void Dispose() => _tool.Dispose();

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void Trust(string folder) => _tool.Config += $"[projects.\"{folder}\"]\ntrust_level = \"trusted\"\n";
}
