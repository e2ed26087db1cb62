using System.Collections.Immutable;
using System.Text;
using Codex.Agent.Conversation;
using Codex.Agent.Skills;

namespace Codex.Agent.Tests.Skills;

public sealed class SkillListTests
{
    [Fact]
    public void Skills_are_listed_by_the_folder_they_are_in()
    {
        var set = new SkillSet(
        [
            new Skill("deploy", "Deploys.", "/home/skills/deploy/SKILL.md", "/home/skills", IsListed: true),
            new Skill("audit", "Audits.", "/repo/.codex/skills/a/b/SKILL.md", "/repo/.codex/skills", IsListed: true),
            new Skill("hidden", "Hides.", "/home/skills/hidden/SKILL.md", "/home/skills", IsListed: false),
        ]);

        SkillList.Write(set, window: 32_768).ShouldBe(new SkillList(
            """
            <skills_instructions>
            Skills: instructions for special tasks, each in a file. When a task fits a description, or the user writes $NAME, read that file first and follow it.
            In /home/skills:
            - deploy: Deploys. (file: deploy/SKILL.md)
            In /repo/.codex/skills:
            - audit: Audits. (file: a/b/SKILL.md)
            </skills_instructions>
            """.ReplaceLineEndings("\n"),
            Warning: null));
    }

    [Fact]
    public void Nothing_to_list_is_nothing_to_tell()
    {
        SkillList.Write(SkillSet.None, 8192).ShouldBe(new SkillList(null, null));
        SkillList.Write(new SkillSet([new Skill("a", "b", "/c/SKILL.md", "/", IsListed: false)]), 8192).ShouldBe(new SkillList(null, null));
    }

    [Theory]
    [InlineData(128_000, null, 1000, 40)]
    [InlineData(32_768, null, 200, 10)]
    [InlineData(8192, null, 200, 3)]
    [InlineData(8192, 2000, 1000, 10)]
    [InlineData(2_000_000, 1_000_000, 1024, 60)]
    [InlineData(4096, null, 1000, 30)]
    public void The_list_stays_within_its_share_of_the_window(int window, int? most, int descriptionLength, int count)
    {
        var set = new SkillSet(Many(count, descriptionLength)) { MostTokens = most };
        var list = SkillList.Write(set, window);

        var budget = Math.Min(most ?? window / 50, 10_000);
        TokenEstimate.Of(Encoding.UTF8.GetByteCount(list.Text ?? "")).ShouldBeLessThanOrEqualTo(budget);
        var shown = (list.Text ?? "").Split('\n').Count(l => l.StartsWith("- ", StringComparison.Ordinal));
        (list.Warning is not null).ShouldBe(shown < count);
        if (list.Warning is not null)
            list.Warning.ShouldStartWith($"The model is told of {shown} of {count} skills: the list may have {budget} tokens.");
    }

    [Fact]
    public void Descriptions_are_shortened_before_skills_are_dropped()
    {
        var list = SkillList.Write(new SkillSet(Many(5, 1000)), window: 32_768);

        list.Warning.ShouldBeNull();
        list.Text!.Split('\n').Count(l => l.Contains('…', StringComparison.Ordinal)).ShouldBe(5);
    }

    private static ImmutableArray<Skill> Many(int count, int descriptionLength) =>
        [.. Enumerable.Range(0, count).Select(i => new Skill($"skill-{i}", new string('d', descriptionLength), $"/home/user/.codex/skills/skill-{i}/SKILL.md", "/home/user/.codex/skills", IsListed: true))];
}
