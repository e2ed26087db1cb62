using System.Collections.Immutable;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Changes;

/// <summary>What became of runs that died.</summary>
/// <param name="Notices">What was found and done.</param>
/// <param name="TookBack">Files were brought back to what they were.</param>
internal sealed record Settlement(ImmutableArray<Notice> Notices, bool TookBack);

/// <summary>
/// Finds out what became of runs that died between noting and finishing, and ends them: a run that wrote all its files counts, one that wrote
/// some of them is taken back, so that no run is left half done.
/// </summary>
internal sealed class CrashRecovery(ToolEnvironment environment, OperationLog log, FileSetWriter writer)
{
    public const string Code = "interrupted-run";

    /// <summary>A run died and waits to be settled.</summary>
    public static bool IsNeeded(OperationLog log) => log.All().Any(o => o.State == OperationState.Intent);

    /// <summary>Settles every unfinished note. To be called under the lock.</summary>
    public Settlement Run()
    {
        var notices = ImmutableArray.CreateBuilder<Notice>();
        var tookBack = false;
        foreach (var operation in log.All().Where(o => o.State == OperationState.Intent))
        {
            var hashes = operation.Files.Select(f => (File: f, Now: HashOf(f))).ToList();
            var changed = hashes.Where(h => h.Now != h.File.BeforeHash).Select(h => h.File).ToImmutableArray();
            var isOurs = hashes.TrueForAll(h => h.Now == h.File.BeforeHash || h.Now == h.File.AfterHash);
            var when = $"{operation.Command} of {operation.At:yyyy-MM-dd HH:mm:ss}Z was cut off";
            if (changed.IsEmpty)
            {
                log.Forget(operation);
                notices.Add(new(Code, $"{when} before it wrote anything"));
            }
            else if (isOurs && changed.Length < operation.Files.Length && writer.TakeBack(changed).IsEmpty)
            {
                log.Forget(operation);
                tookBack = true;
                notices.Add(new(Code, $"{when} when it had written {string.Join(", ", changed.Select(f => f.Path))} only; that was taken back"));
            }
            else
            {
                // Whatever is not as it was before counts as done, so that it can be taken back.
                log.Write(operation with { State = OperationState.Committed, Files = changed }, environment.NewToken);
                notices.Add(new(Code, isOurs && changed.Length == operation.Files.Length
                    ? $"{when} after it had written; codex-config undo {operation.Id} takes it back"
                    : $"{when}, and its file has been changed since; codex-config backup show {operation.Id} shows what was there before"));
            }
        }

        return new(notices.ToImmutable(), tookBack);
    }

    private string? HashOf(FileOperation file) =>
        ConfigFileReader.Read(environment.Files, file.RealPath) is FileReading.Done done ? done.File.Hash : null;
}
