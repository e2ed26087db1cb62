using System.Collections.Immutable;

namespace Codex.Agent.Gateway;

/// <summary>Finds the program <c>codex-gateway</c>.</summary>
internal static class GatewayProgram
{
    private static readonly string Executable = OperatingSystem.IsWindows() ? "codex-gateway.exe" : "codex-gateway";

    /// <summary>The program with its first arguments, or null when it is nowhere.</summary>
    public static (string Program, ImmutableArray<string> Arguments)? Find()
    {
        var own = AppContext.BaseDirectory;
        string[] places =
        [
            // Where the build puts it, beside this program, and where a package puts both.
            Path.Combine(own, "gateway"),
            own,
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted),
        ];
        foreach (var place in places)
        {
            if (Path.Combine(place, Executable) is var program && File.Exists(program))
                return (program, []);
            if (Path.Combine(place, "codex-gateway.dll") is var library && File.Exists(library))
                return (Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [library]);
        }

        return null;
    }
}
