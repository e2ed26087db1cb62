using System.Collections.Immutable;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Journal;
using Codex.Toml;
using Codex.Toml.Diff;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Changes;

/// <summary>A change as the journal keeps it.</summary>
internal static class FileRecords
{
    public static FileOperation Of(PlannedChange change, string? backup) => new(
        change.File.Path,
        change.File.RealPath,
        change.File.Hash,
        ConfigFile.HashOf(change.After),
        (int?)change.File.Facts?.Mode,
        change.File.Facts?.UserId,
        change.File.Facts?.GroupId,
        backup,
        [.. change.ByProvider().Where(d => d.Path.Steps.All(s => s.IsKey)).Select(Of)],
        [.. change.Splices.Select(Of)],
        [.. Splice.Invert(change.Before, change.Splices).Select(Of)]);

    public static ImmutableArray<Splice> Inverse(FileOperation operation) =>
        [.. operation.Inverse.Select(s => new Splice(s.Start, s.Length, Convert.FromBase64String(s.New), "undo"))];

    /// <summary>Who could do what with the file before; null when there was none.</summary>
    public static FileRights? RightsOf(FileOperation operation) =>
        operation.Mode is { } mode ? new((UnixFileMode)mode, operation.UserId, operation.GroupId, null) : null;

    public static TomlPath PathOf(ValueRecord record) => TomlPath.Of([.. record.Path]);

    /// <summary>A value from the journal's spelling of it.</summary>
    public static TomlValue? ValueOf(string? written) =>
        written is null ? null : TomlDocument.Parse($"v = {written}\n").Root.Children["v"].ToValue();

    private static SpliceRecord Of(Splice splice) => new(splice.Start, splice.Length, Convert.ToBase64String(splice.New.Span));

    private static ValueRecord Of(SemanticDifference difference)
    {
        ImmutableArray<string> path = [.. difference.Path.Steps.Select(s => s.Key!)];
        return difference switch
        {
            SemanticDifference.Added added => new(path, null, ValueWriter.Write(added.New)),
            SemanticDifference.Removed removed => new(path, ValueWriter.Write(removed.Old), null),
            SemanticDifference.Changed changed => new(path, ValueWriter.Write(changed.Old), ValueWriter.Write(changed.New)),
            _ => throw new InvalidOperationException(),
        };
    }
}
