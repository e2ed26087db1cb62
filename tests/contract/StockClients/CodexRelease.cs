using System.Runtime.InteropServices;
using System.Text.Json;

namespace Codex.Contract.Tests.StockClients;

/// <summary>One pinned version of <c>@openai/codex</c> and where npm puts its native binary.</summary>
/// <param name="Version">As in <c>npm/package.json</c>.</param>
/// <param name="Alias">The folder under <c>node_modules</c> (npm alias).</param>
/// <param name="BinaryFolder">
/// The folder of the binary below <c>vendor/TRIPLE</c>: <c>codex</c> up to 0.131, <c>bin</c> in 0.169.
/// </param>
public sealed record CodexRelease(Version Version, string Alias, string BinaryFolder)
{
    public static readonly CodexRelease V0128 = new(new Version(0, 128, 0), "codex-0128", "codex");
    public static readonly CodexRelease V0131 = new(new Version(0, 131, 0), "codex-0131", "codex");
    public static readonly CodexRelease V0169 = new(new Version(0, 169, 0), "codex-0169", "bin");

    public static readonly IReadOnlyList<CodexRelease> All = [V0169, V0131, V0128];

    /// <summary>Rows for <c>[MemberData]</c>: the version as text.</summary>
    public static TheoryData<string> Versions => [.. All.Select(release => release.Version.ToString())];

    public static CodexRelease Of(string version) => All.Single(release => release.Version.ToString() == version);

    /// <summary>
    /// The native binary, or null when npm installed no package for this machine. The launcher in <c>bin/codex.js</c> is
    /// passed by: npm lifts one version's platform package to the top folder, where the launcher of another version
    /// whose own is missing would pick it up; the version in the package's manifest tells them apart here.
    /// </summary>
    /// <exception cref="FileNotFoundException">The package is there, but its layout is another one.</exception>
    public string? FindBinary(string nodeModules)
    {
        if (Platform() is not (var platform, var triple))
            return null;

        var package = Path.Combine("@openai", $"codex-{platform}");
        string[] places = [Path.Combine(nodeModules, Alias, "node_modules", package), Path.Combine(nodeModules, package)];
        var home = places.FirstOrDefault(place => IsVersion(Path.Combine(place, "package.json"), $"{Version}-{platform}"));
        if (home is null)
            return null;
        var binary = Path.Combine(home, "vendor", triple, BinaryFolder, "codex");
        return File.Exists(binary) ? binary : throw new FileNotFoundException($"codex {Version} keeps its binary elsewhere", binary);
    }

    private static bool IsVersion(string manifest, string version)
    {
        if (!File.Exists(manifest))
            return false;
        using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        return json.RootElement.GetProperty("version").ValueEquals(version);
    }

    private static (string Platform, string Triple)? Platform() => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 when OperatingSystem.IsLinux() => ("linux-x64", "x86_64-unknown-linux-musl"),
        Architecture.Arm64 when OperatingSystem.IsLinux() => ("linux-arm64", "aarch64-unknown-linux-musl"),
        Architecture.X64 when OperatingSystem.IsMacOS() => ("darwin-x64", "x86_64-apple-darwin"),
        Architecture.Arm64 when OperatingSystem.IsMacOS() => ("darwin-arm64", "aarch64-apple-darwin"),
        _ => null,
    };
}
