using Codex.Agent.Configuration;

namespace Codex.Agent.Skills;

/// <summary>Reads a <c>SKILL.md</c> and what stands beside it.</summary>
internal static class SkillFile
{
    public const string Name = "SKILL.md";

    private const int LongestName = 64;
    private const int LongestDescription = 1024;

    /// <summary>Null, and told, when it is no skill.</summary>
    /// <param name="isListed">Whether the model may be told of skills of this place at all.</param>
    public static Skill? Read(string file, string root, bool isListed, SettingsFindings findings)
    {
        if (TextOf(file) is not { } text)
            return Problem("it cannot be read");
        var (front, problem) = FrontMatter.Parse(text);
        if (front is null)
            return Problem(problem!);
        var name = OneLine(front.Values.GetValueOrDefault("name")) is { Length: > 0 } written ? written : Path.GetFileName(Path.GetDirectoryName(file)!);
        var description = OneLine(front.Values.GetValueOrDefault("description"));
        if (description.Length == 0)
            return Problem("its front matter has no description");
        if (name.Length > LongestName)
            return Problem($"its name has more than {LongestName} characters");
        if (description.Length > LongestDescription)
            return Problem($"its description has more than {LongestDescription} characters");
        var brief = OneLine(front.Values.GetValueOrDefault("metadata.short-description"));
        return new Skill(name, brief.Length > 0 ? brief : description, file, root, isListed && MayBeListed(file, findings));

        Skill? Problem(string reason)
        {
            findings.Warn($"The skill {file} is left out: {reason}.");
            return null;
        }
    }

    private static bool MayBeListed(string file, SettingsFindings findings)
    {
        var beside = Path.Combine(Path.GetDirectoryName(file)!, "agents", "openai.yaml");
        if (TextOf(beside) is not { } text)
            return true;
        var (values, problem) = FrontMatter.ParseYaml(text);
        if (values is null)
            findings.Warn($"{beside} is left out: {problem}.");
        return values?.GetValueOrDefault("policy.allow_implicit_invocation") is not ("false" or "False" or "FALSE");
    }

    private static string? TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string OneLine(string? text) =>
        string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
