using System.Text.Json;
using Codex.ConfigTool.Presets;

namespace Codex.ConfigTool.Tests.CommandLine;

public sealed class AddProviderTests
{
    private const string Key = "sk-test-0123456789abcdefghij";

    public static TheoryData<string> Presets => [.. PresetRegistry.All.Select(p => p.Name)];

    [Theory]
    [InlineData("ollama --model m", "model_provider = \"ollama\"\nmodel = \"m\"\n")]
    [InlineData("vllm --model m --no-default", "[model_providers.vllm]\nname = \"vllm\"\nbase_url = \"http://127.0.0.1:8000/v1\"\nwire_api = \"responses\"\n")]
    [InlineData("vllm --model m --no-default --env-key MY_KEY", "[model_providers.vllm]\nname = \"vllm\"\nbase_url = \"http://127.0.0.1:8000/v1\"\nwire_api = \"responses\"\nenv_key = \"MY_KEY\"\n")]
    [InlineData("ollama --base-url http://10.0.0.9:11434/v1 --no-default", "[model_providers.ollama-remote]\nname = \"ollama-remote\"\nbase_url = \"http://10.0.0.9:11434/v1\"\nwire_api = \"responses\"\n")]
    [InlineData("tensormesh --model Qwen/Qwen3-30B-A3B --no-default --auth-command pass tm", "[model_providers.tensormesh]\nname = \"tensormesh\"\nbase_url = \"https://serverless.tensormesh.ai/v1\"\nwire_api = \"responses\"\nauth = { command = \"pass\", args = [\"tm\"] }\n")]
    [InlineData("custom --id a_b --base-url https://h/v1 --no-auth --name N --set request_max_retries=0x10 --no-default", "[model_providers.a_b]\nname = \"N\"\nbase_url = \"https://h/v1\"\nwire_api = \"responses\"\nrequest_max_retries = 0x10\n")]
    public void Options_come_to_this_file(string options, string expected)
    {
        using var tool = new ToolRun { Config = "" };

        var outcome = tool.Run($"add-provider {options} --yes");

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        tool.Config.ShouldBe(expected);
    }

    [Fact]
    public void Through_the_gateway_Codex_gets_its_catalogue_and_the_user_the_gateways_entry()
    {
        using var tool = new ToolRun { Config = "" };

        var outcome = tool.Run("add-provider ollama --via-gateway --model X --yes");

        tool.Config.ShouldBe("""
            model_provider = "ollama-gateway"
            model = "ollama/X"

            [model_providers.ollama-gateway]
            name = "ollama-gateway"
            base_url = "http://127.0.0.1:8484/v1"
            wire_api = "responses"
            model_catalog_url = "http://127.0.0.1:8484/v1/models"
            request_max_retries = 0
            stream_max_retries = 1

            """);
        outcome.Output.ShouldContain("\"BaseUrl\": \"http://localhost:11434/v1\"");
        tool.Run("remove-provider ollama-gateway --yes").ExitCode.ShouldBe(0);
        tool.Config.ShouldBe("");
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Every_preset_writes_a_provider_directly_or_through_the_gateway(string name)
    {
        using var tool = new ToolRun();
        var preset = PresetRegistry.Find(name)!;
        var needed = preset.BaseUrl is null ? "--id mine --base-url http://127.0.0.1:1/v1" : "";
        var way = preset.Responses is ResponsesSupport.Missing ? "--via-gateway" : "";

        tool.Run($"add-provider {name} {needed} {way} --model m --yes").ExitCode.ShouldBe(0);

        tool.Run("list").Output.ShouldContain("*  ");
        tool.Config!.ShouldNotContain("env_key = \"\"");
    }

    [Theory]
    [InlineData("deepseek --model m", "--via-gateway")]
    [InlineData("ollama", "--model")]
    [InlineData("custom --id x --model m", "--base-url")]
    [InlineData("custom --id a.b --base-url http://h/v1 --model m", "letters, digits")]
    [InlineData("tensormesh --base-url https://user:pw@h/v1", "name or password")]
    [InlineData("tensormesh --base-url ftp://h/v1", "whole")]
    [InlineData("tensormesh --base-url https://h/v1?k=v", "'?'")]
    [InlineData("tensormesh --env-key 1A", "--env-key")]
    [InlineData("tensormesh --env-key A --no-auth", "only one of")]
    [InlineData("tensormesh --context-window 0", "--context-window")]
    [InlineData("tensormesh --force --keep", "--keep")]
    [InlineData("tensormesh --set base_url=\"x\"", "option of its own")]
    [InlineData("tensormesh --set a=b", "not TOML")]
    [InlineData("gateway --via-gateway", "gateway itself")]
    [InlineData("nobody", "nobody")]
    public void F26_what_cannot_work_is_refused_before_anything_is_written(string options, string told)
    {
        using var tool = new ToolRun();

        var outcome = tool.Run($"add-provider {options} --yes");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain(told);
        tool.Config.ShouldBeNull();
    }

    [Theory]
    [InlineData("--env-key", Key)]
    [InlineData("--auth-command", Key)]
    [InlineData("--set", $"experimental_bearer_token=\"{Key}\"")]
    [InlineData("--set", $"http_headers.Authorization=\"{Key}\"")]
    [InlineData("--set", $"http_headers.X=\"{Key}\"")]
    [InlineData("--base-url", $"https://u:{Key}@h/v1")]
    public void A_key_as_an_argument_is_refused_and_never_repeated(string option, string value)
    {
        using var tool = new ToolRun();

        var outcome = tool.Run("add-provider", "tensormesh", "--yes", option, value);

        outcome.ExitCode.ShouldBe(2);
        (outcome.Output + outcome.Error).ShouldNotContain(Key);
        tool.StateFiles.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("experimental_bearer_token = \"" + Key, "experimental_bearer_token = \"****************************", 58)]
    [InlineData("misspelt_bearer-token = 'own words' 'behind'", "misspelt_bearer-token = '*********' 'behind'", 37)]
    [InlineData("a = \"" + Key + "\" x", "a = \"****************************\" x", 36)]
    public void Secrets_are_covered_in_a_line_that_is_shown_for_its_fault(string line, string shown, int column)
    {
        using var tool = new ToolRun { Config = line };

        var outcome = tool.Run("add-provider tensormesh --yes");

        outcome.ExitCode.ShouldBe(5);
        var lines = outcome.Error.Split('\n');
        lines[1].ShouldBe($" 1 | {shown}");
        lines[2].ShouldStartWith("   | ");
        outcome.Error.ShouldContain($"config.toml:1:{column}:");
    }

    [Fact]
    public void A_secret_longer_than_the_screen_is_covered_where_the_line_is_cut()
    {
        var secret = string.Concat(Enumerable.Range(0, 60).Select(i => $"part{i:00}"));
        using var tool = new ToolRun { Config = $"experimental_bearer_token = \"{secret}\\q\"\n" };

        var error = tool.Run("add-provider tensormesh --yes").Error;

        error.ShouldContain("********");
        error.ShouldNotContain("part");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" --json")]
    public void Secrets_of_the_file_are_masked_in_everything_printed(string format)
    {
        using var tool = new ToolRun { Config = $"model = \"a\"\n[model_providers.x]\nname = \"x\"\nexperimental_bearer_token = \"{Key}\"\nhttp_headers = {{ Authorization = \"Bearer {Key}\" }}\n" };

        var printed = string.Concat(
            new[] { "add-provider custom --id x --base-url http://127.0.0.1:1/v1 --model m --env-key K --yes", "add-provider tensormesh --yes --diff", "show x", "list", "backup list", "diff", "undo --dry-run" }
                .Select(c => tool.Run(c + format)).Select(o => o.Output + o.Error));

        printed.ShouldContain("chars)");
        printed.ShouldNotContain(Key);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("y", true)]
    [InlineData("n", false)]
    [InlineData("what", false)]
    public void A_person_is_asked_and_an_empty_line_means_yes(string answer, bool isWritten)
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n", Answer = answer };

        var outcome = tool.Run("add-provider tensormesh");

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldContain("Write these changes? [Y/n]");
        outcome.Output.ShouldContain("-model = \"a\"");
        tool.Config!.Contains("tensormesh", StringComparison.Ordinal).ShouldBe(isWritten);
    }

    [Fact]
    public void Without_a_person_yes_is_needed()
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n" };

        var outcome = tool.Run("add-provider tensormesh");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain("--yes");
        tool.Config.ShouldBe("model = \"a\"\n");
    }

    [Fact]
    public void A_dry_run_can_tell_by_its_exit_code()
    {
        using var tool = new ToolRun { Config = "" };

        tool.Run("add-provider tensormesh -n --exit-code").ExitCode.ShouldBe(3);
        tool.Run("add-provider tensormesh -y").ExitCode.ShouldBe(0);
        tool.Run("add-provider tensormesh -n --exit-code").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Json_tells_every_change_with_its_line()
    {
        using var tool = new ToolRun { Config = "model = \"a\"\n" };

        using var json = JsonDocument.Parse(tool.Run("add-provider tensormesh --yes --json").Output);

        var root = json.RootElement;
        root.GetProperty("status").GetString().ShouldBe("written");
        root.GetProperty("changes").EnumerateArray()
            .Select(c => $"{c.GetProperty("kind").GetString()} {c.GetProperty("path").GetString()} {c.GetProperty("line").GetInt32()}")
            .ShouldBe(["changed model 1", "set model_provider 2", "set model_reasoning_effort 3", "set model_context_window 4", "added model_providers.tensormesh 6"]);
        File.Exists(root.GetProperty("backup").GetString()).ShouldBeTrue();
        using var refused = JsonDocument.Parse(tool.Run("add-provider deepseek --yes --json").Output);
        refused.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(2);
    }

    [Fact]
    public void Quiet_prints_nothing_but_errors()
    {
        using var tool = new ToolRun { Config = "profile = \"x\"\n" };

        var outcome = tool.Run("add-provider tensormesh --yes --quiet");

        (outcome.Output + outcome.Error).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("profile = \"x\"\n", "'profile' stops Codex 0.134")]
    [InlineData("[profiles.x]\nmodel = \"keep\"\n", "[profiles]")]
    public void F24_F32_profiles_inside_the_file_are_told_and_left_alone(string before, string told)
    {
        using var tool = new ToolRun { Config = before };

        tool.Run("add-provider tensormesh --yes").Error.ShouldContain(told);

        tool.Config!.ShouldContain(before);
    }

    [Theory]
    [InlineData("[model_providers.tensormesh]\nbase_url = \"https://mine/v1\"\n", "--keep", "base_url = \"https://mine/v1\"")]
    [InlineData("[model_providers.tensormesh]\nbase_url = \"https://mine/v1\"\n", "--force", "base_url = \"https://serverless.tensormesh.ai/v1\"")]
    [InlineData("[model_providers.tensormesh]\nbase_url = 3 # why\n", "--force", "base_url = \"https://serverless.tensormesh.ai/v1\" # why")]
    [InlineData("[model_providers.tensormesh]\nexperimental_bearer_token = \"t\"\n", "--force", "env_key = \"TENSORMESH_INFERENCE_API_KEY\"")]
    public void Conflicts_are_settled_by_a_flag(string before, string flag, string expected)
    {
        using var tool = new ToolRun { Config = before };
        tool.Run("add-provider tensormesh --yes").ExitCode.ShouldBe(4);
        tool.Config.ShouldBe(before);

        tool.Run($"add-provider tensormesh --yes {flag}").ExitCode.ShouldBe(0);

        tool.Config!.ShouldContain(expected + "\n");
    }
}
