using System.Collections.Immutable;

namespace Codex.Agent.Sandbox;

/// <summary>How <c>codex-agent</c> starts itself.</summary>
internal static class OwnProgram
{
    private const string Name = "codex-agent";

    /// <returns>The program and the arguments that come before its own.</returns>
    public static (string File, ImmutableArray<string> First) Find()
    {
        var running = System.Environment.ProcessPath ?? Name;
        if (Path.GetFileNameWithoutExtension(running) == Name)
            return (running, []);
        var beside = Path.Combine(AppContext.BaseDirectory, Name);
        return File.Exists(beside) ? (beside, []) : (running, [Path.Combine(AppContext.BaseDirectory, Name + ".dll")]);
    }

    /// <summary>Just what .NET needs to start: none of the command's variables may steer it.</summary>
    public static ImmutableSortedDictionary<string, string> Environment()
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        variables["DOTNET_EnableDiagnostics"] = "0";
        variables["DOTNET_TieredPGO"] = "0";
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var root = Path.GetFullPath("../../..", System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        if (Directory.Exists(Path.Combine(root, "shared")))
            variables["DOTNET_ROOT"] = root;
        return variables.ToImmutable();
    }
}
