using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Codex.Agent.Skills;

/// <summary>Finds the skills a prompt calls by name, as <c>$name</c> or <c>[$name](path)</c>.</summary>
public static partial class SkillMentions
{
    /// <summary>Written in prompts about shells, and never meant.</summary>
    private static readonly FrozenSet<string> Variables =
        new[] { "PATH", "HOME", "USER", "SHELL", "PWD", "TMPDIR", "TEMP", "TMP", "LANG", "TERM", "EDITOR", "XDG_CONFIG_HOME" }.ToFrozenSet(StringComparer.Ordinal);

    /// <returns>Each once: those of links first, then in the order of the text.</returns>
    public static ImmutableArray<Skill> Find(string prompt, SkillSet skills)
    {
        var linked = Link().Matches(prompt).Select(m => skills.All.FirstOrDefault(s => s.File == m.Groups["path"].Value));
        var rest = Link().Replace(prompt, " ");
        var named = Name().Matches(rest).Select(m => OfName(m.Groups["name"].Value, skills));
        return [.. linked.Concat(named).OfType<Skill>().DistinctBy(s => s.File, StringComparer.Ordinal)];
    }

    /// <summary>What the model is sent after the prompt for each skill it calls.</summary>
    /// <returns>The messages, and what could not be read.</returns>
    public static (ImmutableArray<string> Attachments, ImmutableArray<string> Problems) Attach(string prompt, SkillSet skills)
    {
        var attachments = ImmutableArray.CreateBuilder<string>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var skill in Find(prompt, skills))
        {
            try
            {
                attachments.Add($"<skill>\n<name>{skill.Name}</name>\n<path>{skill.File}</path>\n{File.ReadAllText(skill.File)}\n</skill>");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                problems.Add($"The skill {skill.Name} is left out: {skill.File} cannot be read.");
            }
        }

        return (attachments.ToImmutable(), problems.ToImmutable());
    }

    private static Skill? OfName(string name, SkillSet skills)
    {
        // "$deploy:" ends a sentence more often than a name.
        for (; name.Length > 0; name = name[..^1])
        {
            if (!Variables.Contains(name) && skills.All.FirstOrDefault(s => s.Name == name) is { } skill)
                return skill;
            if (name[^1] is not (':' or '-' or '_'))
                return null;
        }

        return null;
    }

    [GeneratedRegex(@"\[\$[A-Za-z0-9_:-]+\]\((?<path>[^()\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![A-Za-z0-9_$\\])\$(?<name>[A-Za-z0-9_:-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
