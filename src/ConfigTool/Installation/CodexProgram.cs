namespace Codex.ConfigTool.Installation;

/// <summary>A Codex on this machine.</summary>
/// <param name="Path">The program.</param>
/// <param name="Version">What it says of itself; null when it does not.</param>
internal sealed record CodexProgram(string Path, Version? Version)
{
    public const string Name = "codex";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <param name="environment">With the PATH.</param>
    /// <param name="path">The program; null for the one that the shell would run.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    /// <returns>Null when there is none.</returns>
    public static async Task<CodexProgram?> FindAsync(ToolEnvironment environment, string? path, CancellationToken cancellation)
    {
        if (ProgramSearch.Find(environment, path is null ? Name : System.IO.Path.GetFullPath(path)) is not { } found)
            return null;
        var outcome = await ProgramRun.RunAsync(found, ["--version"], environment.Variables, null, Limit, cancellation);
        return new(found, outcome is ProgramOutcome.Ended { ExitCode: 0, Output: var said } ? CodexVersions.Read(said) : null);
    }

    /// <summary>Runs it for a directory of Codex.</summary>
    public Task<ProgramOutcome> RunAsync(ToolEnvironment environment, string home, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var variables = new Dictionary<string, string>(environment.Variables, StringComparer.Ordinal)
        {
            [Files.CodexHome.Variable] = home,
        };
        variables.TryAdd("HOME", environment.UserHome);
        return ProgramRun.RunAsync(Path, arguments, variables, null, Limit, cancellation);
    }
}
