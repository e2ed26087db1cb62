using System.Collections.Immutable;
using Codex.ConfigTool.Journal;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Rollback;

/// <summary>What operations about one provider changed outside its table: the value before the first, and the value after the last.</summary>
internal static class ProviderLedger
{
    public static ImmutableArray<ValueRecord> Of(OperationHistory history, string realPath, string provider)
    {
        var ledger = new OrderedDictionary<string, ValueRecord>(StringComparer.Ordinal);
        foreach (var (_, file) in history.Of(realPath).Where(o => o.Operation.Provider == provider).Reverse())
        {
            foreach (var record in file.Values.Where(v => v.Path[0] != ConfigKeys.Providers))
            {
                var key = string.Join('\0', record.Path);
                ledger[key] = ledger.TryGetValue(key, out var known) ? known with { After = record.After } : record;
            }
        }

        return [.. ledger.Values];
    }

    /// <summary>The value that a record found was written by some operation about this provider.</summary>
    public static bool HasWritten(OperationHistory history, string realPath, string provider, ValueRecord later) => history.Of(realPath)
        .Any(o => o.Operation.Provider == provider && o.File.Values.Any(v => v.After == later.Before && v.Path.SequenceEqual(later.Path, StringComparer.Ordinal)));

    /// <summary>Keys this tool wrote into the provider's table.</summary>
    public static ImmutableHashSet<string> TableKeys(OperationHistory history, string realPath, string provider)
    {
        var keys = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        keys.UnionWith([ConfigKeys.Name, ConfigKeys.BaseUrl, ConfigKeys.WireApi, ConfigKeys.EnvKey]);
        foreach (var record in history.Of(realPath).SelectMany(o => o.File.Values).Where(v => v.Path.Length >= 2 && v.Path[0] == ConfigKeys.Providers && v.Path[1] == provider))
        {
            if (record.Path.Length > 2)
                keys.Add(record.Path[2]);
            else if (Changes.FileRecords.ValueOf(record.After) is Toml.Values.TomlValue.Table table)
                keys.UnionWith(table.Pairs.Select(p => p.Key));
        }

        return keys.ToImmutable();
    }
}
