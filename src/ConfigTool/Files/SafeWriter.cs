using Codex.ConfigTool.CommandLine;

namespace Codex.ConfigTool.Files;

/// <summary>What became of writing.</summary>
public abstract record WriteResult
{
    private WriteResult()
    {
    }

    public sealed record Written : WriteResult;

    /// <summary>Somebody else wrote the file since it was read; it was left alone.</summary>
    public sealed record ChangedMeanwhile : WriteResult;

    /// <param name="Refusal">Why.</param>
    /// <param name="IsWritten">The new text is in its place all the same.</param>
    public sealed record Refused(Refusal Refusal, bool IsWritten = false) : WriteResult;
}

/// <summary>
/// Replaces a file in one step: new file beside it, its rights, to the disk, one last look at the old one, rename, names to the disk,
/// read back. On any failure before the rename the old file is what it was.
/// </summary>
internal sealed class SafeWriter(FileSystem files, Func<string> newToken)
{
    private const string Suffix = ".tmp";
    private const int DiskFull = 0x1c;
    private const int WindowsDiskFull = 0x70;

    /// <param name="file">The file as it was read; it must still be that.</param>
    /// <param name="after">The new text; null to remove the file.</param>
    /// <param name="inPlace">Write through the file that is there.</param>
    /// <param name="rights">For a file that is not there; for the owner only when null.</param>
    public WriteResult Write(ConfigFile file, ReadOnlyMemory<byte>? after, bool inPlace, FileRights? rights = null)
    {
        var folder = Path.GetDirectoryName(file.RealPath)!;
        string? temporary = null;
        try
        {
            if (after is { } bytes && !(inPlace && file.Facts is not null))
            {
                var unfinished = Path.Combine(folder, $".{Path.GetFileName(file.RealPath)}.{newToken()}{Suffix}");
                files.WriteNew(unfinished, bytes.Span, RightsFor(file) ?? Possible(rights) ?? FileRights.Private);
                temporary = unfinished;
            }

            if (!IsUnchanged(file))
            {
                Discard(temporary);
                return new WriteResult.ChangedMeanwhile();
            }

            if (after is null)
                files.Delete(file.RealPath);
            else if (temporary is not null)
                files.Replace(temporary, file.RealPath);
            else
                files.WriteInPlace(file.RealPath, after.Value.Span);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            return new WriteResult.Refused(new(ExitCodes.CannotWrite, $"cannot write {file.RealPath}: {Reason(e).TrimEnd('.')}; it is as it was"));
        }

        return Finish(file, after, folder);
    }

    /// <summary>Removes what a crashed run left beside a file. To be called under the lock.</summary>
    public void Sweep(string realPath)
    {
        var start = $".{Path.GetFileName(realPath)}.";
        var length = start.Length + newToken().Length + Suffix.Length;
        try
        {
            foreach (var left in files.FilesIn(Path.GetDirectoryName(realPath)!))
            {
                var name = Path.GetFileName(left);
                var isReplaced = name.EndsWith(FileSystem.ReplacedSuffix, StringComparison.Ordinal);
                if (isReplaced)
                    name = name[..^FileSystem.ReplacedSuffix.Length];
                var isOurs = name.Length == length && name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal);
                // A replaced text is the only one as long as nothing stands in its place.
                if (isOurs && (!isReplaced || files.Describe(realPath) is not null))
                    Discard(left);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A directory that cannot be listed is told about when it is written.
        }
    }

    private WriteResult Finish(ConfigFile file, ReadOnlyMemory<byte>? after, string folder)
    {
        try
        {
            files.SyncDirectory(folder);
            if (after is { } expected && !files.ReadAll(file.RealPath).AsSpan().SequenceEqual(expected.Span))
                return new WriteResult.Refused(new(ExitCodes.ChangedUnderneath, $"{file.RealPath} was written, but somebody changed it right afterwards", "look at it, then run this again"), IsWritten: true);
            return new WriteResult.Written();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new WriteResult.Refused(new(ExitCodes.CannotWrite, $"{file.RealPath} was written, but may not last over a power cut: {Reason(e)}"), IsWritten: true);
        }
    }

    private FileRights? RightsFor(ConfigFile file) => file.Facts is { } facts
        ? new(facts.Mode, files.EffectiveUser == 0 ? facts.UserId : null, files.EffectiveUser == 0 ? facts.GroupId : null, file.RealPath)
        : null;

    /// <summary>Only root can give a file to somebody.</summary>
    private FileRights? Possible(FileRights? rights) => rights is null || files.EffectiveUser == 0 ? rights : rights with { UserId = null, GroupId = null };

    private bool IsUnchanged(ConfigFile file)
    {
        var facts = files.Describe(file.RealPath);
        if (facts is null || file.Bytes is not { } bytes)
            return facts is null && file.Bytes is null;
        return facts.Kind == FileKind.Regular && files.ReadAll(file.RealPath).AsSpan().SequenceEqual(bytes.Span);
    }

    private void Discard(string? temporary)
    {
        try
        {
            if (temporary is not null)
                files.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run sweeps it.
        }
    }

    private static string Reason(Exception e) =>
        (e.HResult & 0xFFFF) is DiskFull or WindowsDiskFull ? "the disk is full" : e.Message;
}
