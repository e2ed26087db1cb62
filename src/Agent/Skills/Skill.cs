using System.Collections.Immutable;

namespace Codex.Agent.Skills;

/// <summary>Instructions for one kind of task, in a file the model reads when it needs them.</summary>
/// <param name="Name">What the user writes after <c>$</c>.</param>
/// <param name="Description">One line.</param>
/// <param name="File">The <c>SKILL.md</c>; absolute.</param>
/// <param name="Root">The folder it was found in; absolute.</param>
/// <param name="IsListed">The model is told of it; otherwise only the user can call for it.</param>
public sealed record Skill(string Name, string Description, string File, string Root, bool IsListed);

/// <summary>The skills of a thread.</summary>
/// <param name="All">Names are unique.</param>
public sealed record SkillSet(ImmutableArray<Skill> All)
{
    public static readonly SkillSet None = new([]);

    /// <summary>Most tokens of the list the model is shown; null follows the window.</summary>
    public int? MostTokens { get; init; }
}
