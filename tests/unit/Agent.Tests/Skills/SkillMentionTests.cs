using Codex.Agent.Loop;
using Codex.Agent.Skills;

namespace Codex.Agent.Tests.Skills;

public sealed class SkillMentionTests
{
    private static readonly SkillSet Skills = new(
        [.. ((string[])["deploy", "git:commit", "PATH", "a-b"]).Select(n => new Skill(n, "d", $"/skills/{n}/SKILL.md", "/skills", IsListed: true))]);

    [Theory]
    [InlineData("$deploy to staging", "deploy")]
    [InlineData("please $deploy.", "deploy")]
    [InlineData("use $deploy: now", "deploy")]
    [InlineData("($git:commit) and $deploy and $deploy", "git:commit,deploy")]
    [InlineData("$deploy [$a-b](/skills/a-b/SKILL.md)", "a-b,deploy")]
    [InlineData("[$deploy](/elsewhere/SKILL.md)", "")]
    [InlineData("echo $PATH", "")]
    [InlineData("\\$deploy and $$deploy and US$deploy", "")]
    [InlineData("$deployment $a $a-bc", "")]
    [InlineData("$ deploy $", "")]
    public void A_prompt_calls_skills_by_name(string prompt, string expected) =>
        string.Join(',', SkillMentions.Find(prompt, Skills).Select(s => s.Name)).ShouldBe(expected);

    [Fact]
    public void A_called_skill_is_sent_whole()
    {
        var folder = Directory.CreateTempSubdirectory("skill");
        try
        {
            var file = Path.Combine(folder.FullName, "SKILL.md");
            File.WriteAllText(file, "---\nname: x\n---\nBody\n");
            var set = new SkillSet([new Skill("x", "d", file, folder.FullName, true), new Skill("gone", "d", file + "2", folder.FullName, true)]);

            SkillMentions.Complete(new UserInput("$x and $gone", [], ["before"]), set).Attachments.ShouldBe(
            [
                "before",
                $"<skill>\n<name>x</name>\n<path>{file}</path>\n---\nname: x\n---\nBody\n\n</skill>",
                $"<skill>\n<name>gone</name>\n<path>{file}2</path>\nThis file cannot be read any more. Tell the user.\n</skill>",
            ]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
