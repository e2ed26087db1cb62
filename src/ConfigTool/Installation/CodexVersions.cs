using System.Text.RegularExpressions;

namespace Codex.ConfigTool.Installation;

/// <summary>Since which version Codex knows what this tool writes. Each was tried with the versions on both sides.</summary>
internal static partial class CodexVersions
{
    /// <summary><c>--strict-config</c>.</summary>
    public static Version Strict { get; } = new(0, 131, 0);

    /// <summary>Files <c>NAME.config.toml</c> for <c>codex -p NAME</c>; from here on <c>profile</c> in config.toml stops it from starting.</summary>
    public static Version ProfileFiles { get; } = new(0, 134, 0);

    /// <summary><c>[agents] enabled</c>; 0.131 takes it for an agent's name and does not start.</summary>
    public static Version AgentsSwitch { get; } = new(0, 134, 0);

    /// <summary><c>model_catalog_url</c>: not in 0.155.1, there in 0.160.1.</summary>
    public static Version CatalogueUrl { get; } = new(0, 160, 0);

    /// <summary><c>app-server --print-startup-config</c>: not in 0.160.1, there in 0.165.0.</summary>
    public static Version StartupConfiguration { get; } = new(0, 165, 0);

    /// <summary>The version is known, and older.</summary>
    public static bool IsBefore(this Version? version, Version since) => version is not null && version < since;

    /// <summary>The first version in a text such as <c>codex-cli 0.169.0</c>; null when there is none.</summary>
    public static Version? Read(string text) =>
        Pattern().Match(text) is { Success: true } match && Version.TryParse(match.Value, out var version) ? version : null;

    [GeneratedRegex(@"(?<![0-9.])[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}", RegexOptions.None, 1000)]
    private static partial Regex Pattern();
}
