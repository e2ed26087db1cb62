using Codex.ConfigTool.Files;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>The directory of Codex is set in this shell only: a shell or desktop started elsewhere takes another one.</summary>
internal static class HomeVariableCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        var environment = examination.Environment;
        if (OperatingSystem.IsWindows() || environment.Variable(CodexHome.Variable) is not { } named || Path.GetFullPath(named) != examination.Place.Home
            || examination.Place.Home == Path.Combine(environment.UserHome, ".codex")
            || ShellFiles.Lines(environment).Any(l => l.Text.Contains(CodexHome.Variable, StringComparison.Ordinal)))
            yield break;
        yield return new("W12", $"{CodexHome.Variable} is set here, but in none of the files that your shells read; a new login takes ~/.codex instead of {examination.Place.Home}",
            $"add to ~/.profile: export {CodexHome.Variable}='{examination.Place.Home}'");
    }
}
