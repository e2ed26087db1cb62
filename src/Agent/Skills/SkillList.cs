using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Codex.Agent.Conversation;

namespace Codex.Agent.Skills;

/// <summary>What the model is told of the skills: names, descriptions and files, within a small share of its window.</summary>
/// <param name="Text">Null when there is nothing to tell.</param>
/// <param name="Warning">What did not fit.</param>
public sealed record SkillList(string? Text, string? Warning)
{
    private const int SharePercent = 2;
    private const int MostTokens = 10_000;

    /// <summary>Tried in this order: shorter descriptions before fewer skills.</summary>
    private static readonly ImmutableArray<int> DescriptionLengths = [1024, 400, 200, 100, 50];

    /// <param name="window">Of the model, in tokens.</param>
    public static SkillList Write(SkillSet skills, int window)
    {
        var listed = skills.All.Where(s => s.IsListed).ToImmutableArray();
        if (listed.IsEmpty)
            return new SkillList(null, null);
        var budget = Math.Min(skills.MostTokens ?? window * SharePercent / 100, MostTokens);
        foreach (var length in DescriptionLengths)
        {
            if (Compose(listed, length) is var text && Fits(text, budget))
                return new SkillList(text, null);
        }

        var shown = listed.Length - 1;
        while (shown > 0 && !Fits(Compose(listed[..shown], DescriptionLengths[^1]), budget))
            shown--;
        return new SkillList(
            shown == 0 ? null : Compose(listed[..shown], DescriptionLengths[^1]),
            string.Create(CultureInfo.InvariantCulture, $"The model is told of {shown} of {listed.Length} skills: the list may have {budget} tokens. Raise skills.max_context_tokens, or name the skill in the prompt as $NAME."));
    }

    private static bool Fits(string text, int budget) => TokenEstimate.Of(Encoding.UTF8.GetByteCount(text)) <= budget;

    private static string Compose(ImmutableArray<Skill> skills, int descriptionLength)
    {
        var text = new StringBuilder("<skills_instructions>\nSkills: instructions for special tasks, each in a file. When a task fits a description, or the user writes $NAME, read that file first and follow it.\n");
        foreach (var group in skills.GroupBy(s => s.Root, StringComparer.Ordinal))
        {
            text.Append("In ").Append(group.Key).Append(":\n");
            foreach (var skill in group)
            {
                text.Append("- ").Append(skill.Name).Append(": ").Append(Shortened(skill.Description, descriptionLength))
                    .Append(" (file: ").Append(Path.GetRelativePath(skill.Root, skill.File)).Append(")\n");
            }
        }

        return text.Append("</skills_instructions>").ToString();
    }

    private static string Shortened(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }
}
