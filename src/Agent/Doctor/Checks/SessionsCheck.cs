using System.Collections.Immutable;
using Codex.Agent.Sessions;

namespace Codex.Agent.Doctor.Checks;

/// <summary>The stored sessions, which resume and fork need.</summary>
internal static class SessionsCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Home is not { } home)
            yield break;
        var folder = Path.Combine(home, "sessions");
        Finding found;
        try
        {
            if (Directory.Exists(folder))
                _ = Directory.EnumerateFileSystemEntries(folder).FirstOrDefault();
            found = Newest(new SessionFinder(home).All());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            found = new("W09", $"{folder} cannot be read, so no session can be gone on with", "give yourself the right to read it");
        }

        yield return found;
    }

    private static Finding Newest(ImmutableArray<SessionEntry> sessions) => sessions switch
    {
        [] => new("I16", "no session is stored yet"),
        [var newest, ..] when RolloutReader.ReadHead(newest.FilePath) is null => new("W10", $"{newest.FilePath}, the newest session, has no beginning that can be read", "it cannot be gone on with; name another one"),
        _ => new("I16", $"{(sessions.Length == 1 ? "1 session is" : $"{sessions.Length} sessions are")} stored; codex-agent exec resume --last goes on with the newest of this directory"),
    };
}
