using System.Diagnostics;
using Codex.Agent.Paths;

namespace Codex.Agent.Edits;

/// <summary>What running a patch for a script gave.</summary>
public sealed record StrictResult(int ExitCode, string Output, string Error)
{
    internal static StrictResult Failed(string error) => new(1, "", error + "\n");
}

/// <summary>
/// Applies a patch as Codex's own command does, for scripts: nothing is guessed, operations run in their order, and what
/// is done stays done when a later one fails. Only what would lose a file is done differently: a move onto itself.
/// </summary>
public static class StrictPatch
{
    /// <param name="directory">Where relative paths begin; absolute.</param>
    public static StrictResult Run(string text, string directory) => PatchParser.Parse(text) switch
    {
        PatchParse.Invalid invalid => StrictResult.Failed(invalid.ForScripts),
        PatchParse.Parsed parsed => Run(parsed.Patch, directory),
        var other => throw new UnreachableException(other.GetType().Name),
    };

    private static StrictResult Run(Patch patch, string directory)
    {
        if (patch.Operations.IsEmpty)
            return StrictResult.Failed("No files were modified.");
        var touched = new PatchSummary();
        foreach (var operation in patch.Operations)
        {
            if (Run(operation, directory, touched) is { } error)
                return StrictResult.Failed(error);
        }

        return new StrictResult(0, touched.ToString(), "");
    }

    private static string? Run(PatchOperation operation, string directory, PatchSummary touched)
    {
        var path = EditPath.Absolute(operation.Path, directory) ?? operation.Path;
        switch (operation)
        {
            case PatchOperation.Add add:
                touched.Added(add.Path);
                return TextFile.Write(path, add.Content) is null ? null : $"Failed to write file {path}";
            case PatchOperation.Delete delete:
                touched.Deleted(delete.Path);
                return TextFile.Delete(path) is null ? null : $"Failed to delete file {path}";
            case PatchOperation.Update update:
                touched.Modified(update.MoveTo ?? update.Path);
                return Run(update, path, update.MoveTo is { } to ? EditPath.Absolute(to, directory) ?? to : path);
            default:
                throw new UnreachableException(operation.GetType().Name);
        }
    }

    private static string? Run(PatchOperation.Update update, string path, string target)
    {
        switch (TextFile.Read(path))
        {
            case FileRead.Failed failed:
                return $"Failed to read file to update {path}: {failed.Reason}";
            case FileRead.Text read:
                return Run(update, path, target, SourceText.Parse(read.Value));
            case var other:
                throw new UnreachableException(other.GetType().Name);
        }
    }

    private static string? Run(PatchOperation.Update update, string path, string target, SourceText source)
    {
        switch (ChunkApplication.Apply(source, update.Chunks))
        {
            case ChunkOutcome.ContextMissing missing:
                return $"Failed to find context '{missing.Context}' in {path}";
            case ChunkOutcome.LinesMissing missing:
                return $"Failed to find expected lines in {path}:\n{string.Join('\n', missing.Lines)}";
            case ChunkOutcome.Applied applied:
                if (TextFile.Write(target, applied.Text.ToString()) is not null)
                    return $"Failed to write file {target}";
                // The original removes the source even where it is the target, and the file is lost.
                return update.MoveTo is null || RealPath.LeadsThrough(target, path) || TextFile.Delete(path) is null
                    ? null
                    : $"Failed to remove original {path}";
            case var other:
                throw new UnreachableException(other.GetType().Name);
        }
    }
}
