using System.Collections.Immutable;
using System.Globalization;
using SQLitePCL;

namespace Codex.ConfigTool.Chats;

/// <summary>
/// Codex's own list of chats, <c>state_5.sqlite</c>. Codex may be writing it, so it is never opened: it is copied together with its log of
/// changes, and the copy is read. Nothing is locked, and nothing appears in Codex's directory.
/// </summary>
internal static class StateDatabase
{
    private const string Prefix = "state_";
    private const string Suffix = ".sqlite";
    private const string Log = "-wal";
    private const string Query = "SELECT id, model_provider FROM threads";
    private const long MostBytes = 256L * 1024 * 1024;

    /// <summary>Providers by the chat's id; empty when there is no such file, it cannot be read, or there is no SQLite for this system.</summary>
    public static ImmutableDictionary<string, string> Threads(string folder)
    {
        try
        {
            if (Newest(folder) is not { } path || Size(path) + Size(path + Log) > MostBytes)
                return ImmutableDictionary<string, string>.Empty;
            var copies = Directory.CreateTempSubdirectory("codex-config-");
            try
            {
                var copy = Path.Combine(copies.FullName, Path.GetFileName(path));
                // The log last: what is written to it in between only makes it longer.
                Copy(path, copy);
                if (File.Exists(path + Log))
                    Copy(path + Log, copy + Log);
                return Read(copy);
            }
            finally
            {
                copies.Delete(recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or TypeInitializationException)
        {
            return ImmutableDictionary<string, string>.Empty;
        }
    }

    private static string? Newest(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}").Select(f => (Path: f, Number: Number(f))).Where(f => f.Number > 0).OrderBy(f => f.Number).LastOrDefault().Path
            : null;

    private static int Number(string path) =>
        int.TryParse(Path.GetFileName(path)[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static long Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static void Copy(string path, string copy)
    {
        using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var to = new FileStream(copy, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        from.CopyTo(to);
    }

    private static ImmutableDictionary<string, string> Read(string path)
    {
        var threads = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Batteries_V2.Init();
        if (raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE, null) != raw.SQLITE_OK)
        {
            database.Dispose();
            return threads.ToImmutable();
        }

        using (database)
        {
            if (raw.sqlite3_prepare_v2(database, Query, out var statement) != raw.SQLITE_OK)
                return threads.ToImmutable();
            using (statement)
            {
                while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                    threads[raw.sqlite3_column_text(statement, 0).utf8_to_string()] = raw.sqlite3_column_text(statement, 1).utf8_to_string();
            }
        }

        return threads.ToImmutable();
    }
}
