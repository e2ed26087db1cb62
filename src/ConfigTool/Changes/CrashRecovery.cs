using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Changes;

/// <summary>Finds out what became of runs that died between noting and finishing.</summary>
internal sealed class CrashRecovery(ToolEnvironment environment, OperationLog log)
{
    /// <summary>Settles every unfinished note. To be called under the lock.</summary>
    public List<Notice> Run()
    {
        var notices = new List<Notice>();
        foreach (var operation in log.All().Where(o => o.State == OperationState.Intent))
        {
            var hashes = operation.Files.Select(f => (File: f, Now: HashOf(f))).ToList();
            var when = $"{operation.Command} of {operation.At:yyyy-MM-dd HH:mm:ss}Z was cut off";
            if (hashes.TrueForAll(h => h.Now == h.File.BeforeHash))
            {
                log.Forget(operation);
                notices.Add(new("interrupted-run", $"{when} before it wrote anything"));
                continue;
            }

            // Whatever is not as it was before counts as done, so that it can be taken back.
            log.Write(operation with { State = OperationState.Committed, Files = [.. hashes.Where(h => h.Now != h.File.BeforeHash).Select(h => h.File)] }, environment.NewToken);
            notices.Add(new("interrupted-run", hashes.TrueForAll(h => h.Now == h.File.AfterHash)
                ? $"{when} after it had written; codex-config undo {operation.Id} takes it back"
                : $"{when}, and its file has been changed since; codex-config backup show {operation.Id} shows what was there before"));
        }

        return notices;
    }

    private string? HashOf(FileOperation file) =>
        ConfigFileReader.Read(environment.Files, file.RealPath) is FileReading.Done done ? done.File.Hash : null;
}
