namespace Codex.Gateway.CommandLine;

internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Something the user wrote or asked for cannot be done; one line on standard error says what and how to go on.</summary>
    public const int Refused = 2;
}
