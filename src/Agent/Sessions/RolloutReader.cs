using System.Text.Json;

namespace Codex.Agent.Sessions;

/// <summary>Reads rollout files, ours and Codex's.</summary>
public static class RolloutReader
{
    public const string CompressedEnding = ".jsonl.zst";

    /// <summary>Forks of forks of forks; a longer chain is a circle.</summary>
    private const int MostForks = 64;

    /// <summary>Before the user's first word stand instructions and surroundings, a few lines.</summary>
    private const int MostOpeningLines = 200;

    /// <param name="path">Absolute.</param>
    /// <param name="fileOfThread">Finds the file of a thread by its id: a fork that Codex made only names what it begins with.</param>
    public static SessionRead Read(string path, Func<string, string?> fileOfThread)
    {
        if (path.EndsWith(CompressedEnding, StringComparison.Ordinal))
            return new SessionRead.Unreadable($"{path} is compressed and cannot be read as it is. Unpack it with: zstd -d --rm '{path}'");
        try
        {
            var fold = new RolloutFold();
            if (Fold(fold, path, end: null, fileOfThread, depth: 0) is { } fault)
                return new SessionRead.Unreadable(fault);
            return fold.Head is { } head
                ? new SessionRead.Whole(fold.ToSession(path, head))
                : new SessionRead.Unreadable($"{path} is no session: no line of it can be read as session_meta. Choose another session.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new SessionRead.Unreadable($"{path} cannot be read: {error.Message} Check its rights, or choose another session.");
        }
    }

    /// <summary>The first line alone, for lists; null when it cannot be read.</summary>
    public static RolloutHead? ReadHead(string path)
    {
        try
        {
            using var reader = Open(path);
            return reader.ReadLine() is { } line && Parse(line) is { } document ? HeadOf(document) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Where a thread began and what the user said first, for lists; null when neither can be read.</summary>
    public static (string WorkingDirectory, string? Said)? ReadOpening(string path)
    {
        try
        {
            using var reader = Open(path);
            var fold = new RolloutFold();
            for (var lines = 0; lines < MostOpeningLines && fold.Opening is null && reader.ReadLine() is { } line; lines++)
            {
                using var document = Parse(line);
                if (document is not null)
                    fold.Take(document.RootElement);
            }

            return fold.Head is { IsSubagent: false } head ? (head.WorkingDirectory, fold.Opening) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static StreamReader Open(string path) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024));

    internal static JsonDocument? Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RolloutHead? HeadOf(JsonDocument document)
    {
        using (document)
        {
            var fold = new RolloutFold();
            fold.Take(document.RootElement);
            return fold.Head;
        }
    }

    /// <param name="end">Where a fork leaves its parent: only lines with a lower ordinal count.</param>
    /// <returns>Why the history is not whole; null when it is.</returns>
    private static string? Fold(RolloutFold fold, string path, long? end, Func<string, string?> fileOfThread, int depth)
    {
        if (depth > MostForks)
            return $"{path} is a fork that leads in a circle. Choose another session.";
        using var reader = Open(path);
        var isFirst = true;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0)
                continue;
            using var document = Parse(line);
            if (document is null)
            {
                fold.SkipLine();
                continue;
            }

            if (isFirst && RolloutFold.BaseOf(document.RootElement) is var (parent, parentEnd))
            {
                if (fileOfThread(parent) is not { } parentFile)
                    return $"{path} is a fork of session {parent}, whose file is not to be found. Put it back, or choose another session.";
                if (parentFile.EndsWith(CompressedEnding, StringComparison.Ordinal))
                    return $"{path} is a fork of a session whose file is compressed. Unpack it with: zstd -d --rm '{parentFile}'";
                if (Fold(fold, parentFile, parentEnd, fileOfThread, depth + 1) is { } fault)
                    return fault;
                fold.BeginFork();
            }

            isFirst = false;
            if (end is { } limit && RolloutFold.Ordinal(document.RootElement) is { } ordinal && ordinal >= limit)
                break;
            fold.Take(document.RootElement);
        }

        return null;
    }
}
