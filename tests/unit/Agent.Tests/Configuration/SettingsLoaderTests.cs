using System.Collections.Immutable;
using Codex.Agent.Configuration;

namespace Codex.Agent.Tests.Configuration;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Commands_write_plain_text_and_wait_for_nobody()
    {
        var settings = Load(new Surroundings(_folder.FullName, _folder.FullName, ImmutableDictionary<string, string>.Empty))
            .ShouldBeOfType<SettingsLoaded.Ready>().Settings;

        settings.CommandEnvironment.Select(v => $"{v.Key}={v.Value}").ShouldBe(
        [
            "CODEX_CI=1", "CODEX_SANDBOX_NETWORK_DISABLED=1", "COLORTERM=", "GH_PAGER=cat", "GIT_PAGER=cat", "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
            "LC_CTYPE=C.UTF-8", "NO_COLOR=1", "PAGER=cat", "TERM=dumb",
        ]);
    }

    [Fact]
    public void Without_a_home_the_project_is_not_taken_for_the_user()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, ".codex"));
        File.WriteAllText(Path.Combine(_folder.FullName, ".codex", "config.toml"), "sandbox_mode = \"danger-full-access\"\n");

        Load(new Surroundings("", _folder.FullName, ImmutableDictionary<string, string>.Empty))
            .ShouldBe(new SettingsLoaded.Refused("No home directory is known; set HOME or CODEX_HOME"));
    }

    [Fact]
    public void Merged_settings_hold_no_providers()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "config.toml"), """
            [model_providers.mine]
            base_url = "http://127.0.0.1:1/v1"
            experimental_bearer_token = "made-up"

            [mcp_servers.docs]
            command = "docs"
            startup_timeout_sec = 1.5
            since = 2026-01-02
            args = ["a", { b = true }]
            """);
        var around = new Surroundings(_folder.FullName, _folder.FullName, ImmutableDictionary<string, string>.Empty.Add("CODEX_HOME", _folder.FullName));

        Load(around).ShouldBeOfType<SettingsLoaded.Ready>().Settings.Merged.GetRawText()
            .ShouldBe("""{"mcp_servers":{"docs":{"args":["a",{"b":true}],"command":"docs","since":"2026-01-02","startup_timeout_sec":1.5}}}""");
    }

    private SettingsLoaded Load(Surroundings around) =>
        new SettingsLoader(around with { SystemDirectory = Path.Combine(_folder.FullName, "etc") }, TimeProvider.System).Load(new SettingsRequest());
}
