using System.Collections.Immutable;

namespace Codex.Agent.Approvals.Rules;

/// <summary>Reads the rules of all layers.</summary>
public static class RuleFiles
{
    /// <param name="directories">Such as <c>$CODEX_HOME/rules</c>; those that are not there have no rules.</param>
    /// <returns>Rules, and what is wrong. A caller that goes on in spite of faults goes on without some prohibitions.</returns>
    public static (CommandRules Rules, ImmutableArray<RuleFault> Faults) ReadDirectories(IEnumerable<string> directories)
    {
        var faults = ImmutableArray.CreateBuilder<RuleFault>();
        var files = new List<string>();
        foreach (var directory in directories.Where(Directory.Exists))
        {
            try
            {
                files.AddRange(Directory.EnumerateFiles(directory, "*.rules").Order(StringComparer.Ordinal));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                faults.Add(new RuleFault(directory, 0, $"cannot be listed: {e.Message}"));
            }
        }

        var (rules, inFiles) = Read(files);
        return (rules, [.. faults, .. inFiles]);
    }

    public static (CommandRules Rules, ImmutableArray<RuleFault> Faults) Read(IEnumerable<string> files)
    {
        var rules = CommandRules.None;
        var faults = ImmutableArray.CreateBuilder<RuleFault>();
        foreach (var name in files)
        {
            var (file, fault) = Read(name);
            if (file is not null)
                rules = rules.With(file);
            if (fault is not null)
                faults.Add(fault);
        }

        return (rules, faults.ToImmutable());
    }

    private static (RuleFile? File, RuleFault? Fault) Read(string name)
    {
        try
        {
            return RuleFile.Read(name, File.ReadAllText(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new RuleFault(name, 0, $"cannot be read: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message)}"));
        }
    }
}
