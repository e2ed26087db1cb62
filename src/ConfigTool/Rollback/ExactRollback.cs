using Codex.ConfigTool.Changes;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.Toml.Editing;

namespace Codex.ConfigTool.Rollback;

/// <summary>A text brought back byte by byte.</summary>
/// <param name="Bytes">Null when there was no file.</param>
internal sealed record RestoredText(ReadOnlyMemory<byte>? Bytes);

/// <summary>Takes splices back on a file that nobody touched since.</summary>
internal static class ExactRollback
{
    /// <summary>The text before the operation; null when the text is not what the operation left.</summary>
    public static RestoredText? Of(FileOperation operation, ReadOnlyMemory<byte>? bytes)
    {
        if (ConfigFile.HashOf(bytes) != operation.AfterHash)
            return null;
        if (operation.BeforeHash is null)
            return new(Bytes: null);
        ReadOnlyMemory<byte> before = Splice.Apply(bytes.GetValueOrDefault(), FileRecords.Inverse(operation));
        return ConfigFile.HashOf(before) == operation.BeforeHash ? new(before) : null;
    }

    /// <summary>
    /// The texts before the operations about this provider, newest first, as long as each is found byte by byte. What happened in between does
    /// not count when no byte of it is left.
    /// </summary>
    public static IEnumerable<(Operation Operation, RestoredText Text)> OfProvider(OperationHistory history, ConfigFile file, string provider)
    {
        var bytes = file.Bytes;
        foreach (var (operation, part) in About(history, file, provider))
        {
            if (Of(part, bytes) is not { } earlier)
                continue;
            yield return (operation, earlier);
            bytes = earlier.Bytes;
        }
    }

    /// <summary>The operation that first said something about the provider in this file; null when there was none.</summary>
    public static Operation? First(OperationHistory history, ConfigFile file, string provider) =>
        About(history, file, provider).Select(o => o.Operation).LastOrDefault();

    private static IEnumerable<(Operation Operation, FileOperation File)> About(OperationHistory history, ConfigFile file, string provider) =>
        history.Of(file.RealPath).Where(o => o.Operation.Provider == provider && o.Operation.Command != RemoveProviderCommand.Name);
}
