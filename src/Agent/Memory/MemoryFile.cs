using Codex.Agent.Configuration;

namespace Codex.Agent.Memory;

/// <summary>
/// The facts a user asked to be remembered, one a line, in a markdown file the user can edit too: <c>/m_update</c> adds,
/// <c>/m_drop</c> removes, every thread begins with them.
/// </summary>
public sealed class MemoryFile(string codexHome)
{
    private const string Mark = "- ";
    private const int LongestFact = 500;

    /// <summary>Every request of every thread carries them.</summary>
    private const int LongestText = 8 * 1024;

    /// <summary>Absolute.</summary>
    public string File { get; } = Path.Combine(codexHome, "memories", "facts.md");

    /// <summary>What the model is told; null when there is nothing, or the user turned it off.</summary>
    internal static string? Read(SettingsSection settings, string codexHome)
    {
        if (settings.Section("memories")?.Flag("use_memories") is false)
            return null;
        var file = new MemoryFile(codexHome).File;
        string text;
        try
        {
            text = System.IO.File.ReadAllText(file).ReplaceLineEndings("\n").Trim();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            settings.Findings.Warn($"{file} cannot be read; the thread begins without what was to be remembered");
            return null;
        }

        if (text.Length > LongestText)
        {
            settings.Findings.Warn($"{file} has more than {LongestText} characters; the model hears only the last of them. Remove some with /m_drop.");
            text = text[^LongestText..];
            text = text[(text.IndexOf('\n') + 1)..];
        }

        return text.Length == 0 ? null : $"<memory>\nThe user asked you to remember:\n{text}\n</memory>";
    }

    /// <summary>The facts in the order of the file; empty when there are none or it cannot be read.</summary>
    public IReadOnlyList<string> Facts()
    {
        try
        {
            return [.. System.IO.File.ReadAllLines(File).Where(IsFact).Select(l => l[Mark.Length..].Trim())];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public MemoryChange Add(string fact)
    {
        fact = string.Join(' ', fact.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (fact.Length == 0)
            return new MemoryChange.Refused("Usage: /m_update <fact>");
        if (fact.Length > LongestFact)
            return new MemoryChange.Refused($"A fact may have {LongestFact} characters; longer instructions belong into AGENTS.md.");
        if (SecretShapes.IsIn(fact))
            return new MemoryChange.Refused("This looks like a key or password, and would be sent with every request. Keep it in an environment variable and remember its name.");
        if (Facts().Contains(fact, StringComparer.OrdinalIgnoreCase))
            return new MemoryChange.Refused("This is remembered already.");
        return Write(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            var old = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "";
            // One write at the end: two sessions that add at once both keep their fact.
            using var stream = new FileStream(File, Options(FileMode.Append));
            using var writer = new StreamWriter(stream);
            writer.Write((old.Length == 0 || old.EndsWith('\n') ? "" : "\n") + Mark + fact + "\n");
            return new MemoryChange.Added(fact);
        });
    }

    /// <param name="query">A fact, or words of one in any case; of several that match none is removed.</param>
    public MemoryChange Drop(string query)
    {
        query = query.Trim();
        if (query.Length == 0)
            return new MemoryChange.Refused("Usage: /m_drop <query>");
        var facts = Facts();
        List<string> matches = [.. facts.Where(f => f.Equals(query, StringComparison.OrdinalIgnoreCase))];
        if (matches.Count == 0)
            matches = [.. facts.Where(f => f.Contains(query, StringComparison.OrdinalIgnoreCase))];
        if (matches.Count == 0)
            return new MemoryChange.Refused($"Nothing that is remembered has \"{query}\" in it.");
        if (matches.Distinct(StringComparer.Ordinal).Count() > 1)
            return new MemoryChange.Refused($"\"{query}\" is in several facts; write more of the one that is meant:\n{string.Join('\n', matches.Select(m => Mark + m))}");
        return Write(() =>
        {
            var kept = System.IO.File.ReadAllLines(File).Where(l => !IsFact(l) || l[Mark.Length..].Trim() != matches[0]);
            var beside = File + ".new";
            using (var stream = new FileStream(beside, Options(FileMode.Create)))
            using (var writer = new StreamWriter(stream))
                writer.Write(string.Concat(kept.Select(l => l + "\n")));
            System.IO.File.Move(beside, File, overwrite: true);
            return new MemoryChange.Dropped(matches[0]);
        });
    }

    private MemoryChange Write(Func<MemoryChange> change)
    {
        try
        {
            return change();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new MemoryChange.Refused($"{File} cannot be written; check its permissions.");
        }
    }

    private static bool IsFact(string line) => line.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>For the user alone.</summary>
    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}

/// <summary>What became of a change to what is remembered.</summary>
public abstract record MemoryChange
{
    private MemoryChange()
    {
    }

    public sealed record Added(string Fact) : MemoryChange;

    public sealed record Dropped(string Fact) : MemoryChange;

    /// <param name="Reason">For the user.</param>
    public sealed record Refused(string Reason) : MemoryChange;
}
