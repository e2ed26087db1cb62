using System.Collections.Immutable;

namespace Codex.ConfigTool.Journal;

/// <summary>What the finished operations come to, oldest first.</summary>
internal sealed class OperationHistory
{
    public OperationHistory(IEnumerable<Operation> all) => All = [.. all.Where(o => o.State == OperationState.Committed)];

    public ImmutableArray<Operation> All { get; }

    /// <summary>The operation was taken back, and that was not taken back itself.</summary>
    public bool IsUndone(Operation operation) => All.Any(o => o.Undoes == operation.Id && !IsUndone(o));

    /// <summary>The operation that <c>undo</c> takes back when none is named.</summary>
    public Operation? Last() => All.LastOrDefault(o => o.Undoes is null && !IsUndone(o));

    /// <summary>Operations whose id begins so.</summary>
    public ImmutableArray<Operation> Find(string idStart) => [.. All.Where(o => o.Id.StartsWith(idStart, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Files in a directory that operations about a provider changed and that still count.</summary>
    public IEnumerable<string> FilesOf(string provider) =>
        All.Where(o => o.Provider == provider && o.Undoes is null && !IsUndone(o)).SelectMany(o => o.Files).Select(f => f.Path).Distinct(StringComparer.Ordinal);

    /// <summary>What operations that still count did to a file, newest first.</summary>
    public IEnumerable<(Operation Operation, FileOperation File)> Of(string realPath) =>
        All.Reverse().Where(o => o.Undoes is null && !IsUndone(o)).SelectMany(o => o.Files.Where(f => f.RealPath == realPath).Select(f => (o, f)));
}
