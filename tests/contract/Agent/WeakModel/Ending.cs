using System.Text;
using System.Text.Json;
using Codex.Contract.Tests.StockClients;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>How a case ended with one agent.</summary>
internal enum EndingKind
{
    /// <summary>The tree is the one that is wanted, and the agent ended well.</summary>
    Done,

    /// <summary>The agent ended with an error that says why, and nothing is wrong in the tree.</summary>
    Stopped,

    /// <summary>The agent ended as if all were well, and the task is not done.</summary>
    NotDone,

    /// <summary>A file is neither as it was nor as it should be.</summary>
    WrongEdit,

    /// <summary>The agent asked on and on.</summary>
    Endless,

    /// <summary>The agent did not end in its time.</summary>
    Hung,
}

internal sealed record Ending(EndingKind Kind, string Words, int Requests)
{
    public bool IsPass => Kind is EndingKind.Done or EndingKind.Stopped;

    /// <summary>As it is recorded.</summary>
    public override string ToString() => Kind switch
    {
        EndingKind.Done => "done",
        EndingKind.Stopped => "stopped",
        EndingKind.NotDone => "not done",
        EndingKind.WrongEdit => "wrong edit",
        EndingKind.Endless => "endless",
        EndingKind.Hung => "hung",
        _ => throw new NotSupportedException(),
    };

    public static Ending Of(WeakCase played, CodexHome home, ProcessOutcome outcome, bool wasEndless, int requests)
    {
        var words = Failure(outcome.Stdout);
        var (before, after, now) = (Tree(played.Before), Tree(played.After), Tree(home.Work));
        var kind = (now, outcome) switch
        {
            _ when !now.All(f => Is(before, f) || Is(after, f)) || before.Keys.Any(f => after.ContainsKey(f) && !now.ContainsKey(f)) => EndingKind.WrongEdit,
            _ when outcome.TimedOut => EndingKind.Hung,
            _ when wasEndless => EndingKind.Endless,
            (_, { ExitCode: 0 }) when now.SequenceEqual(after) => EndingKind.Done,
            (_, { ExitCode: not 0 }) when words.Length > 0 => EndingKind.Stopped,
            _ => EndingKind.NotDone,
        };
        return new Ending(kind, words, requests);
    }

    private static bool Is(SortedDictionary<string, string> tree, KeyValuePair<string, string> file) => tree.TryGetValue(file.Key, out var content) && content == file.Value;

    /// <summary>The message of <c>turn.failed</c>.</summary>
    private static string Failure(string stdout) => stdout.Split('\n')
        .Where(line => line.StartsWith('{'))
        .Select(line => JsonElement.Parse(line))
        .Where(e => e.GetProperty("type").ValueEquals("turn.failed"))
        .Select(e => e.GetProperty("error").GetProperty("message").GetString())
        .FirstOrDefault() ?? "";

    private static SortedDictionary<string, string> Tree(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return files;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            files[Path.GetRelativePath(folder, path)] = Encoding.UTF8.GetString(File.ReadAllBytes(path));
        return files;
    }
}
