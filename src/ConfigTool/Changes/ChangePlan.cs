using System.Collections.Immutable;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Changes;

/// <summary>What a request would do to the files as they are now.</summary>
internal static class ChangePlan
{
    /// <summary>Reads all files, then plans each change.</summary>
    public static Report Of(FileSystem files, ChangeRequest request)
    {
        var read = new Dictionary<string, ConfigFile>(StringComparer.Ordinal);
        foreach (var path in request.Files.Select(f => f.Path))
        {
            var reading = ConfigFileReader.Read(files, path);
            if (reading is FileReading.Refused { Refusal: var unreadable })
                return Report.Refuse(request.Command, unreadable, path);
            read[path] = ((FileReading.Done)reading).File;
        }

        if (read.Values.GroupBy(f => f.RealPath, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } same)
            return Report.Refuse(request.Command, new(ExitCodes.CannotWrite, $"{string.Join(" and ", same.Select(f => f.Path))} are the same file"), request.Files[0].Path);
        return Of(request, read);
    }

    /// <summary>Both would change the same, so that what was agreed to for one holds for the other.</summary>
    public static bool IsSame(Report one, Report other) =>
        one.Changes.Length == other.Changes.Length
        && one.Changes.Zip(other.Changes).All(p => p.First.File.Path == p.Second.File.Path && p.First.Differences.SequenceEqual(p.Second.Differences)
            && p.First.After is null == p.Second.After is null);

    private static Report Of(ChangeRequest request, Dictionary<string, ConfigFile> read)
    {
        var changes = ImmutableArray.CreateBuilder<PlannedChange>();
        foreach (var wanted in request.Files)
        {
            switch (wanted.Plan(read[wanted.Path], read))
            {
                case ChangePlanning.Refused refused:
                    return Report.Refuse(request.Command, refused.Refusal, wanted.Path) with { Conflicts = refused.Conflicts.IsDefault ? [] : refused.Conflicts };
                case ChangePlanning.Ready ready:
                    changes.Add(ready.Change);
                    break;
            }
        }

        ImmutableArray<Notice> notices = [.. request.Notices, .. changes.SelectMany(c => c.Notices)];
        var pending = changes.Where(c => !c.IsEmpty).ToImmutableArray();
        return new(request.Command)
        {
            Status = pending.IsEmpty ? ChangeStatus.Unchanged : ChangeStatus.Written,
            Changes = pending.IsEmpty ? changes.ToImmutable() : pending,
            Notices = notices,
            File = pending.IsEmpty ? request.Files[0].Path : pending[0].File.Path,
        };
    }
}
