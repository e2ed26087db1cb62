namespace Codex.Agent.CommandLine;

/// <summary>The process's own input and clock, for tests to replace.</summary>
/// <param name="Input">Null when standard input is a terminal.</param>
internal sealed record ExecSurroundings(TextReader? Input, TimeProvider Time)
{
    /// <summary>Standard output is a terminal too.</summary>
    public bool HasScreen { get; init; }

    /// <summary>Standard error is a terminal.</summary>
    public bool HasErrorScreen { get; init; }

    public static ExecSurroundings OfProcess()
    {
        // Only the console can tell whether a person sits at it.
#pragma warning disable RS0030
        // Not Console.In: that blocks where it should wait, so that nothing can be said meanwhile.
        var input = Console.IsInputRedirected ? new StreamReader(Console.OpenStandardInput()) : null;
        return new ExecSurroundings(input, TimeProvider.System) { HasScreen = !Console.IsOutputRedirected, HasErrorScreen = !Console.IsErrorRedirected };
#pragma warning restore RS0030
    }
}
