using Codex.ConfigTool.Changes;
using Codex.ConfigTool.CommandLine;
using Codex.Toml;
using Codex.Toml.Diff;

namespace Codex.ConfigTool.Tests.Stories;

/// <summary>Nothing is left of what goes, nothing is lost of what stays, and nothing half comes into being.</summary>
public sealed class PartStories : IDisposable
{
    private readonly ToolRun _tool = new();

    [Fact]
    public void F11_a_text_that_shrinks_without_a_removal_is_not_written()
    {
        var before = TomlDocument.Parse("model = \"a\"\nlong = \"aaaaaaaaaa\" # mine\n# more of mine\n");
        var shorter = TomlDocument.Parse("model = \"a\"\nlong = \"a\" # mine\n# more of mine\n");
        var lossy = TomlDocument.Parse("model = \"a\"\nlong = \"a\"\n");
        var without = TomlDocument.Parse("model = \"a\"\n");

        SizeGuard.LosesText(before, shorter, SemanticDiff.Compare(before, shorter)).ShouldBeFalse("a value may become a shorter one");
        SizeGuard.LosesText(before, lossy, SemanticDiff.Compare(before, lossy)).ShouldBeTrue("comments went along");
        SizeGuard.LosesText(before, without, SemanticDiff.Compare(before, without)).ShouldBeFalse("something is to be removed");
        SizeGuard.LosesText(before, without, []).ShouldBeTrue("nothing is to be removed");
    }

    [Fact]
    public void F11_a_large_file_keeps_its_size_whatever_is_added_and_taken_out()
    {
        var before = string.Concat(Enumerable.Range(0, 400).Select(i => $"[mcp_servers.s{i}] # {i}\ncommand = \"x\"\n\n"));
        _tool.Config = before;

        _tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(ExitCodes.Done);

        _tool.Config!.Length.ShouldBeGreaterThan(before.Length);
        _tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(ExitCodes.Done);
        _tool.Config.ShouldBe(before);
    }

    [Theory]
    [InlineData("[model_providers.tensormesh]\nname = \"t\"\nauth = { command = \"c\", args = [\n  \"[tui]\", # row\n  \"x\",\n] }\n\n")]
    [InlineData("[model_providers.tensormesh]\nname = '''\n[tui]\nt'''\n[model_providers.tensormesh.query_params]\na = \"[tui]\"\n\n")]
    [InlineData("[[model_providers.tensormesh.rows]]\na = [[1],\n[2]]\n[[model_providers.tensormesh.rows]]\n\n")]
    public void F21_nothing_of_a_removed_provider_is_left_and_no_section_comes_twice(string provider)
    {
        const string rest = "[tui]\ntheme = \"x\"\n";
        _tool.Config = provider + rest;

        var outcome = _tool.Run("remove-provider tensormesh --yes --force");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        _tool.Config.ShouldBe(rest);
    }

    [Fact]
    public void F21_a_value_of_many_lines_is_replaced_as_one()
    {
        _tool.Config = "model = \"\"\"\nold\n[tui]\n\"\"\" # mine\n[tui]\nrows = [\n  1,\n]\n";

        _tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(ExitCodes.Done);

        _tool.Config!.ShouldStartWith("model = \"MiniMaxAI/MiniMax-M2.5\" # mine\n");
        _tool.Config!.Split("[tui]").Length.ShouldBe(2);
    }

    [Fact]
    public void F31_entries_in_braces_and_elements_keep_order_and_comments()
    {
        const string braces = "zebra = { z = 1, # last letter\n  a = [ 3, # three\n    1,\n    2 ], b = {}, } # end\n";
        _tool.Config = braces + "model_providers = { z = { name = \"z\" }, # about z\n  a = { name = \"a\" } }\n";

        _tool.Run("add-provider tensormesh --yes --no-default").ExitCode.ShouldBe(ExitCodes.Done);

        var after = _tool.Config!;
        after.ShouldStartWith(braces + "model_providers = { z = { name = \"z\" }, # about z\n  a = { name = \"a\" },");
        after.IndexOf("tensormesh", StringComparison.Ordinal).ShouldBeGreaterThan(after.IndexOf("a = { name = \"a\" }", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[model_providers.tensormesh.http_headers]\nX = \"1\"\n", "")]
    [InlineData("[model_providers.tensormesh.http_headers]\nX = \"1\"\n", " --keep")]
    [InlineData("model_providers.tensormesh.http_headers.X = \"1\"\n", "")]
    [InlineData("model_providers = { tensormesh = { http_headers = { X = \"1\" } } }\n", "")]
    [InlineData("[model_providers.tensormesh]\n", " --keep")]
    [InlineData("", " --set query_params.a=\"b\"")]
    [InlineData("", " --set query_params.a=\"b\" --no-default")]
    public void F36_a_provider_always_gets_its_name(string before, string options)
    {
        _tool.Config = before;

        var outcome = _tool.Run($"add-provider tensormesh --yes{options}");

        outcome.ExitCode.ShouldBe(ExitCodes.Done, outcome.Error);
        Names().ShouldBe(["tensormesh"]);
    }

    [Fact]
    public void F36_taking_a_provider_back_leaves_no_part_of_it_without_a_name()
    {
        _tool.Config = "";
        _tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(ExitCodes.Done);
        _tool.Config += "\n[model_providers.tensormesh.http_headers]\nX = \"1\"\n";

        _tool.Run("undo --yes").ExitCode.ShouldBe(ExitCodes.CannotUndo);
        Names().ShouldBe(["tensormesh"]);
        _tool.Run("remove-provider tensormesh --yes").ExitCode.ShouldBe(ExitCodes.Conflict);
        Names().ShouldBe(["tensormesh"]);
        _tool.Run("remove-provider tensormesh --yes --force").ExitCode.ShouldBe(ExitCodes.Done);
        Names().ShouldBeEmpty();
    }

    public void Dispose() => _tool.Dispose();

    /// <summary>The name of every provider, or "none".</summary>
    private List<string> Names()
    {
        var providers = TomlDocument.Parse(File.ReadAllBytes(_tool.ConfigPath)).Find(TomlPath.Of("model_providers"));
        return [.. (providers as Toml.Semantics.TableNode)?.Children.Values
            .Select(p => ((p as Toml.Semantics.TableNode)?.Children.GetValueOrDefault("name")?.ToValue() as Toml.Values.TomlValue.String)?.Value ?? "none") ?? []];
    }
}
