using Codex.ConfigTool.Installation;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Whether the shell finds Codex.</summary>
internal static class InstallationCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Environment.Variable("PATH") is not null && ProgramSearch.Find(examination.Environment, CodexProgram.Name) is null)
        {
            yield return new("W16", "codex is not on the PATH; the shell would say: command not found: codex", "npm install -g @openai/codex");
        }
    }
}
