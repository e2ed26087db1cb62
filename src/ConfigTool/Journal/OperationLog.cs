using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Journal;

/// <summary>The operations on the disk, one file each, and copies of what they replaced.</summary>
internal sealed class OperationLog(FileSystem files, StateDirectory state)
{
    private const int IdLength = 6;

    /// <summary>All operations, oldest first. Files that cannot be read are left out.</summary>
    public ImmutableArray<Operation> All()
    {
        var all = ImmutableArray.CreateBuilder<Operation>();
        foreach (var path in files.FilesIn(state.Journal).Where(f => f.EndsWith(".json", StringComparison.Ordinal)))
        {
            if (Read(path) is { } operation)
                all.Add(operation);
        }

        return [.. all.OrderBy(o => o.At)];
    }

    /// <summary>A name no operation has yet.</summary>
    public static string NewId(ImmutableArray<Operation> taken, Func<string> newToken)
    {
        while (true)
        {
            var id = newToken()[..IdLength];
            if (taken.All(o => o.Id != id))
                return id;
        }
    }

    /// <summary>Keeps the old text; on the disk when this returns.</summary>
    /// <returns>The copy's name.</returns>
    public string KeepBackup(string id, int number, ConfigFile file)
    {
        files.CreatePrivateDirectory(state.Backups);
        var name = string.Create(CultureInfo.InvariantCulture, $"{id}-{number}-{file.Name}");
        files.WriteNew(Path.Combine(state.Backups, name), file.Bytes!.Value.Span, FileRights.Private);
        files.SyncDirectory(state.Backups);
        return name;
    }

    /// <summary>Notes an operation, or what became of it; on the disk when this returns.</summary>
    public void Write(Operation operation, Func<string> newToken)
    {
        files.CreatePrivateDirectory(state.Journal);
        var path = PathOf(operation);
        var temporary = $"{path}.{newToken()}";
        files.WriteNew(temporary, JsonSerializer.SerializeToUtf8Bytes(operation, OperationJson.Default.Operation), FileRights.Private);
        files.Replace(temporary, path);
        files.SyncDirectory(state.Journal);
    }

    /// <summary>Takes back the note of an operation that did not happen, and its copies.</summary>
    public void Forget(Operation operation)
    {
        files.Delete(PathOf(operation));
        Discard(operation.Id);
    }

    /// <summary>Deletes the copies that were made for an operation.</summary>
    public void Discard(string id)
    {
        foreach (var backup in files.FilesIn(state.Backups).Where(f => Path.GetFileName(f).StartsWith($"{id}-", StringComparison.Ordinal)))
            files.Delete(backup);
    }

    public string BackupPath(string name) => Path.Combine(state.Backups, name);

    /// <summary>The copy's bytes, or null when it is gone.</summary>
    public byte[]? ReadBackup(string name) => files.Describe(BackupPath(name)) is null ? null : files.ReadAll(BackupPath(name));

    private string PathOf(Operation operation) =>
        Path.Combine(state.Journal, string.Create(CultureInfo.InvariantCulture, $"{operation.At.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{operation.Id}.json"));

    private Operation? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(files.ReadAll(path), OperationJson.Default.Operation) is { } operation && IsWhole(operation) ? operation : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Something that was cut or chewed on is no note to act by.</summary>
    private static bool IsWhole(Operation operation) =>
        operation is { Id.Length: > 0, Tool: not null, Command: not null, Files: { IsDefaultOrEmpty: false } files }
        && files.All(f => f is { Path.Length: > 0, RealPath.Length: > 0, Values.IsDefault: false, Splices.IsDefault: false, Inverse.IsDefault: false }
            && f.Values.All(v => v is { Path.IsDefaultOrEmpty: false })
            && f.Splices.Concat(f.Inverse).All(s => s is { New: { } text } && Base64.IsValid(text)));
}
