using System.Collections.Immutable;
using Codex.Agent.Approvals.Shell;

namespace Codex.Agent.Approvals.Rules;

/// <summary>All rules that hold, from every layer. Their order means nothing: the strictest that matches counts.</summary>
public sealed record CommandRules(ImmutableArray<PrefixRule> Prefixes, ImmutableArray<HostExecutable> Executables)
{
    public static readonly CommandRules None = new([], []);

    /// <summary>Where a program may lie that a rule about its bare name allows, when no host_executable says so: no model can write there.</summary>
    private static readonly ImmutableArray<string> SystemDirectories =
        ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/opt/homebrew/bin"];

    public CommandRules With(RuleFile file) => new(Prefixes.AddRange(file.Prefixes), Executables.AddRange(file.Executables));

    /// <param name="rules">From the administrator's requirements; they only ever ask or forbid.</param>
    public CommandRules WithRequirements(IEnumerable<PrefixRule> rules) =>
        this with { Prefixes = Prefixes.AddRange(rules.Where(r => r.Decision != RuleDecision.Allow)) };

    public CommandRules With(PrefixRule rule) => this with { Prefixes = Prefixes.Add(rule) };

    /// <summary>The rules that match these words.</summary>
    /// <param name="resolvesPrograms">An absolute path also stands for its bare name.</param>
    public ImmutableArray<RuleMatch> Match(IReadOnlyList<string> words, bool resolvesPrograms = true)
    {
        if (words.Count == 0)
            return [];
        var exact = Matching(words).Select(r => new RuleMatch([.. words.Take(r.Pattern.Length)], r.Decision, r.Justification)).ToImmutableArray();
        if (!exact.IsEmpty || !resolvesPrograms || !words[0].StartsWith('/'))
            return exact;
        var (path, name) = (words[0], ShellPrograms.Name(words[0]));
        var named = words.Skip(1).Prepend(name).ToImmutableArray();
        return [.. Matching(named)
            .Where(r => Covers(path, name, r.Decision))
            .Select(r => new RuleMatch(named[..r.Pattern.Length], r.Decision, r.Justification, path))];
    }

    public static RuleDecision? Strictest(IEnumerable<RuleMatch> matches) => matches.Select(m => (RuleDecision?)m.Decision).Max();

    private IEnumerable<PrefixRule> Matching(IReadOnlyList<string> words) => Prefixes.Where(r => r.Matches(words));

    private bool Covers(string path, string name, RuleDecision decision)
    {
        // What a name forbids, no path to it may get around.
        if (decision != RuleDecision.Allow)
            return true;
        var listed = Executables.Where(e => e.Name == name).ToList();
        return listed.Count > 0 ? listed.Any(e => e.Paths.Contains(path)) : SystemDirectories.Contains(path[..path.LastIndexOf('/')]);
    }
}
