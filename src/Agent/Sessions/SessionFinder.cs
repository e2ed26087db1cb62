using System.Collections.Immutable;
using Codex.Agent.Paths;

namespace Codex.Agent.Sessions;

/// <summary>A session in a list.</summary>
/// <param name="Updated">When its file was last written.</param>
/// <param name="Name">As the user named it.</param>
public sealed record SessionEntry(string ThreadId, string FilePath, DateTimeOffset Updated, bool IsArchived, string? Name);

/// <summary>What a search for one session came to.</summary>
public abstract record SessionSearch
{
    private SessionSearch()
    {
    }

    public sealed record Found(SessionEntry Entry) : SessionSearch;

    /// <param name="Message">Says what was looked for, and the next step.</param>
    public sealed record NotFound(string Message) : SessionSearch;
}

/// <summary>Finds sessions in <c>sessions/</c> and <c>archived_sessions/</c> of a Codex home.</summary>
public sealed class SessionFinder(string codexHome)
{
    /// <summary>Characters of a UUID.</summary>
    private const int IdLength = 36;

    /// <summary>Fewer characters would name a session by accident.</summary>
    private const int ShortestPrefix = 4;

    /// <summary>All sessions, the one written last first; archived ones after the others.</summary>
    public ImmutableArray<SessionEntry> All()
    {
        var names = SessionIndex.Read(codexHome);
        return
        [
            .. In("sessions", isArchived: false, names).Concat(In("archived_sessions", isArchived: true, names))
                .OrderBy(e => e.IsArchived).ThenByDescending(e => e.Updated).ThenByDescending(e => e.ThreadId, StringComparer.Ordinal),
        ];
    }

    /// <param name="wanted">An id, the beginning of one that only one session has, or a name.</param>
    public SessionSearch Find(string wanted)
    {
        var all = All();
        var named = all.Where(e => string.Equals(e.ThreadId, wanted, StringComparison.OrdinalIgnoreCase)).Take(1).ToImmutableArray();
        if (named.IsEmpty && wanted.Length >= ShortestPrefix)
            named = [.. all.Where(e => e.ThreadId.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))];
        if (named.IsEmpty)
            named = [.. all.Where(e => e.Name == wanted)];
        return named switch
        {
            [var one] => new SessionSearch.Found(one),
            [] => new SessionSearch.NotFound($"No session '{wanted}' in {codexHome}. Give an id, the first {ShortestPrefix} or more characters of one, or use --last."),
            _ => new SessionSearch.NotFound(
                $"'{wanted}' fits {named.Length} sessions: {string.Join(", ", named.Take(5).Select(e => e.ThreadId))}{(named.Length > 5 ? ", …" : "")}. Give more of the id."),
        };
    }

    /// <summary>The session written last. Archived ones and those that other sessions started do not count.</summary>
    /// <param name="workingDirectory">Only sessions begun there; null for all.</param>
    public SessionSearch Last(string? workingDirectory)
    {
        foreach (var entry in All())
        {
            if (!entry.IsArchived && RolloutReader.ReadHead(entry.FilePath) is { IsSubagent: false } head
                && (workingDirectory is null || SamePath(head.WorkingDirectory, workingDirectory)))
            {
                return new SessionSearch.Found(entry);
            }
        }

        return new SessionSearch.NotFound(workingDirectory is null
            ? $"There is no session in {codexHome} yet."
            : $"No session was begun in {workingDirectory}. Use --last --all for one of any directory.");
    }

    /// <summary>Reads a session, with what it was forked from.</summary>
    public SessionRead Read(SessionEntry entry) =>
        RolloutReader.Read(entry.FilePath, id => All().FirstOrDefault(e => e.ThreadId == id)?.FilePath);

    /// <summary>Sessions to choose from, the one written last first, with what the user said in them first. Archived ones and those that other sessions started are left out.</summary>
    /// <param name="workingDirectory">Only sessions begun there; null for all.</param>
    public IEnumerable<(SessionEntry Entry, string Said)> Choices(string? workingDirectory)
    {
        foreach (var entry in All().Where(e => !e.IsArchived))
        {
            if (RolloutReader.ReadOpening(entry.FilePath) is { Said: { } said } opening && (workingDirectory is null || SamePath(opening.WorkingDirectory, workingDirectory)))
                yield return (entry, said);
        }
    }

    /// <summary>Codex writes a directory down as it was named, we with its links resolved.</summary>
    private static bool SamePath(string one, string other) => Path.IsPathFullyQualified(one) && RealPath.Of(one) == RealPath.Of(other);

    private IEnumerable<SessionEntry> In(string folder, bool isArchived, IReadOnlyDictionary<string, string> names)
    {
        var root = new DirectoryInfo(Path.Combine(codexHome, folder));
        if (!root.Exists)
            yield break;
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (var file in root.EnumerateFiles("rollout-*", options))
        {
            if (IdOf(file.Name) is { } id)
                yield return new SessionEntry(id, file.FullName, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero), isArchived, names.GetValueOrDefault(id));
        }
    }

    /// <summary>The id at the end of <c>rollout-TIME-ID.jsonl</c>, packed or not.</summary>
    private static string? IdOf(string name)
    {
        var stem = name.EndsWith(RolloutReader.CompressedEnding, StringComparison.Ordinal) ? name[..^RolloutReader.CompressedEnding.Length]
            : name.EndsWith(".jsonl", StringComparison.Ordinal) ? name[..^".jsonl".Length]
            : "";
        return stem.Length > IdLength && Guid.TryParse(stem[^IdLength..], out _) ? stem[^IdLength..] : null;
    }
}
