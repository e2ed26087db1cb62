using System.Collections.Immutable;

namespace Codex.Agent.Tools.Files;

/// <summary>What <c>.gitignore</c> files say, from the top of the repository down to one directory. The last line that matches counts.</summary>
internal sealed class IgnoreRules
{
    private const string FileName = ".gitignore";

    private readonly ImmutableArray<Rule> _rules;

    private IgnoreRules(ImmutableArray<Rule> rules) => _rules = rules;

    /// <summary>The rules that hold in a directory's parent; none outside a repository.</summary>
    public static IgnoreRules Above(string directory)
    {
        var chain = new Stack<string>();
        for (var at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (at != directory)
                chain.Push(at);
            if (Path.Exists(Path.Combine(at, ".git")))
                return chain.Aggregate(new IgnoreRules([]), (rules, d) => rules.With(d));
        }

        return new IgnoreRules([]);
    }

    /// <summary>With the file in that directory, if there is one.</summary>
    public IgnoreRules With(string directory)
    {
        var file = Path.Combine(directory, FileName);
        try
        {
            return File.Exists(file) ? new IgnoreRules(_rules.AddRange(File.ReadAllLines(file).Select(l => Rule.Read(l, directory)).OfType<Rule>())) : this;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return this;
        }
    }

    /// <param name="path">Absolute.</param>
    public bool Ignores(string path, bool isDirectory)
    {
        for (var at = _rules.Length - 1; at >= 0; at--)
        {
            if (_rules[at].Matches(path, isDirectory))
                return !_rules[at].Includes;
        }

        return false;
    }

    private sealed record Rule(string Directory, PathGlob Glob, bool OnlyDirectories, bool Includes)
    {
        public static Rule? Read(string line, string directory)
        {
            var pattern = line.TrimEnd();
            if (pattern.Length == 0 || pattern[0] == '#')
                return null;
            var includes = pattern[0] == '!';
            pattern = includes ? pattern[1..] : pattern;
            var onlyDirectories = pattern.EndsWith('/');
            pattern = pattern.TrimEnd('/');
            // A slash within ties the pattern to the place of the file.
            var anywhere = !pattern.Contains('/', StringComparison.Ordinal);
            return pattern.Length == 0 ? null : new Rule(directory, new PathGlob(pattern.TrimStart('/'), anywhere), onlyDirectories, includes);
        }

        public bool Matches(string path, bool isDirectory) =>
            (isDirectory || !OnlyDirectories) && Glob.Matches(Path.GetRelativePath(Directory, path));
    }
}
