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

    /// <summary>The texts before the newest operations, as long as those are about this provider and nobody touched the file since.</summary>
    public static IEnumerable<RestoredText> OfProvider(OperationHistory history, ConfigFile file, string provider)
    {
        var bytes = file.Bytes;
        foreach (var (operation, part) in history.Of(file.RealPath))
        {
            if (operation.Provider != provider || operation.Command == RemoveProviderCommand.Name || Of(part, bytes) is not { } earlier)
                yield break;
            yield return earlier;
            bytes = earlier.Bytes;
        }
    }
}
