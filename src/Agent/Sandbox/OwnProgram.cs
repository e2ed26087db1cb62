using System.Collections.Immutable;
using Codex.Agent.Processes;

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

    /// <summary>What is started, and what starts it: whoever can write there decides what a sandbox is.</summary>
    public static IEnumerable<string> Directories() =>
        new[] { AppContext.BaseDirectory, RuntimeRoot }.Select(d => LibC.RealPath(d)).OfType<string>();

    private static string RuntimeRoot { get; } =
        // <root>/shared/Microsoft.NETCore.App/<version>/
        Path.GetFullPath("../../..", System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());

    /// <summary>Just what .NET needs to start: none of the command's variables may steer it.</summary>
    public static ImmutableSortedDictionary<string, string> Environment()
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        variables["DOTNET_EnableDiagnostics"] = "0";
        variables["DOTNET_TieredPGO"] = "0";
        if (Directory.Exists(Path.Combine(RuntimeRoot, "shared")))
            variables["DOTNET_ROOT"] = RuntimeRoot;
        return variables.ToImmutable();
    }
}
