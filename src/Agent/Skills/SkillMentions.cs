using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Codex.Agent.Loop;

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

    /// <summary>The input with the skills it calls, whole, after the prompt.</summary>
    public static UserInput Complete(UserInput input, SkillSet skills) =>
        input with { Attachments = [.. input.Attachments, .. Find(input.Text, skills).Select(Attachment)] };

    private static string Attachment(Skill skill)
    {
        string text;
        try
        {
            text = File.ReadAllText(skill.File);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            text = "This file cannot be read any more. Tell the user.";
        }

        return $"<skill>\n<name>{skill.Name}</name>\n<path>{skill.File}</path>\n{text}\n</skill>";
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
