using System.Reflection;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Tests.Processes;

namespace Codex.ConfigTool.Tests.Packaging;

/// <summary>The package as a user gets it: packed, installed from a folder, run.</summary>
public sealed class PackageTests
{
    [SkippableFact]
    public async Task The_packed_tool_installs_and_works()
    {
        Skip.If(Programs.Repository is null, "skipped, because the tests do not run in the repository");
        using var tool = new ToolRun { Config = "model = \"a\" # mine\n" };
        var (packages, installed) = (Path.Combine(tool.Folder, "packages"), Path.Combine(tool.Folder, "installed"));
        var configuration = typeof(ConfigCommandLine).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        await DotnetAsync(tool, ["pack", Path.Combine(Programs.Repository, "src", "ConfigTool"), "--no-build", "-c", configuration, "-o", packages, "-nodeReuse:false", "-tl:off"]);
        // No other source, so that nothing else can be installed.
        var sources = Path.Combine(tool.Folder, "nuget.config");
        await File.WriteAllTextAsync(sources, "<configuration><packageSources><clear /></packageSources></configuration>\n");

        await DotnetAsync(tool, ["tool", "install", "codex-config", "--tool-path", installed, "--add-source", packages, "--configfile", sources]);

        (await RunAsync("--version")).Trim().ShouldBe(ToolVersion.Current);
        (await RunAsync("add-provider", "tensormesh", "--yes")).ShouldContain("Written. Undo: codex-config undo");
        tool.Config!.ShouldContain("[model_providers.tensormesh]\n");
        (await RunAsync("remove-provider", "tensormesh", "--yes")).ShouldContain("Written");
        tool.Config.ShouldBe("model = \"a\" # mine\n");

        async Task<string> RunAsync(params string[] arguments)
        {
            var program = Path.Combine(installed, OperatingSystem.IsWindows() ? "codex-config.exe" : "codex-config");
            var (exitCode, printed) = await Programs.RunAsync(program, arguments, tool.Folder, ("CODEX_HOME", tool.CodexHome), ("XDG_STATE_HOME", tool.StatePath), ("LOCALAPPDATA", tool.StatePath));
            exitCode.ShouldBe(ExitCodes.Done, printed);
            return printed;
        }
    }

    private static async Task DotnetAsync(ToolRun tool, string[] arguments)
    {
        var (exitCode, printed) = await Programs.RunAsync("dotnet", arguments, tool.Folder, ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_NOLOGO", "1"));
        exitCode.ShouldBe(0, printed);
    }
}
