using System.Collections.Immutable;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Rollback;

namespace Codex.ConfigTool.Changes;

/// <summary>What became of writing several files as one.</summary>
internal abstract record SetResult
{
    private SetResult()
    {
    }

    public sealed record Written : SetResult;

    /// <summary>Somebody else changed one of them since it was read; all are as they were found.</summary>
    public sealed record ChangedMeanwhile : SetResult;

    /// <param name="Refusal">Why.</param>
    /// <param name="Left">Files that were written all the same and could not be taken back.</param>
    public sealed record Refused(Refusal Refusal, ImmutableArray<FileOperation> Left) : SetResult;
}

/// <summary>Writes the files of an operation one after another. When one of them cannot be written, those before it are taken back.</summary>
internal sealed class FileSetWriter(FileSystem files, SafeWriter writer)
{
    /// <param name="changes">In the order they are written.</param>
    /// <param name="operation">The same as the journal knows it, file by file.</param>
    /// <param name="inPlace">Write through the files that are there.</param>
    public SetResult Write(ImmutableArray<PlannedChange> changes, Operation operation, bool inPlace)
    {
        for (var i = 0; i < changes.Length; i++)
        {
            var result = writer.Write(changes[i].File, changes[i].After, inPlace, changes[i].Rights);
            if (result is WriteResult.Written)
                continue;
            // All are in place, if not for sure: to take them back would be no safer.
            if (result is WriteResult.Refused { IsWritten: true } last && i == changes.Length - 1)
                return new SetResult.Refused(last.Refusal, operation.Files);
            // A step may be reported as failed and be done all the same.
            var isReached = result is WriteResult.Refused { IsWritten: true } || Read(operation.Files[i])?.Hash == operation.Files[i].AfterHash;
            var left = TakeBack(operation.Files[..(isReached ? i + 1 : i)], inPlace);
            switch (result)
            {
                case WriteResult.Refused { IsWritten: true } refused when left.IsEmpty:
                    return new SetResult.Refused(refused.Refusal with { Message = $"{refused.Refusal.Message}; it and the files before it are as they were again" }, left);
                case WriteResult.Refused refused:
                    return new SetResult.Refused(refused.Refusal, left);
                default:
                    return left.IsEmpty ? new SetResult.ChangedMeanwhile() : new SetResult.Refused(
                        new(CommandLine.ExitCodes.ChangedUnderneath, $"{changes[i].File.RealPath} was changed meanwhile by somebody else"), left);
            }
        }

        return new SetResult.Written();
    }

    /// <summary>Brings files back to what they were before an operation, the last one first.</summary>
    /// <returns>Those that are not what the operation left, or cannot be written.</returns>
    public ImmutableArray<FileOperation> TakeBack(ImmutableArray<FileOperation> parts, bool? inPlace = null) =>
        [.. parts.Reverse().Where(p => !TakeBack(p, inPlace)).Reverse()];

    private bool TakeBack(FileOperation part, bool? inPlace)
    {
        if (Read(part) is not { } file)
            return false;
        if (file.Hash == part.BeforeHash)
            return true;
        if (ExactRollback.Of(part, file.Bytes) is not { } text)
            return false;
        // A file with several names was written through, else it would have been refused.
        _ = writer.Write(file, text.Bytes, inPlace ?? file.Facts?.HardLinks > 1, FileRecords.RightsOf(part));
        return Read(part) is { } now && now.Hash == part.BeforeHash;
    }

    private ConfigFile? Read(FileOperation part) => ConfigFileReader.Read(files, part.RealPath) is FileReading.Done { File: var file } ? file : null;
}
