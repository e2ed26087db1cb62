using Codex.Agent.Configuration;
using Codex.Agent.Projects;

namespace Codex.Agent.Doctor.Checks;

/// <summary>The project of the working directory, what the user decided about it, and what follows.</summary>
internal static class ProjectCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Settings is not { } settings)
            yield break;
        var root = settings.ProjectRoot;
        yield return settings.Trust switch
        {
            ProjectTrust.Trusted => new("I07", $"{root} is trusted: its configuration counts"),
            ProjectTrust.Untrusted => new("I07", $"{root} is not trusted: its configuration, AGENTS.md and skills do not count"),
            _ => new("I07", $"{root} is neither trusted nor not: its configuration does not count", new Project(root, settings.Trust).TrustAdvice(settings.CodexHome)),
        };
        if (GitRepository.FindRoot(settings.WorkingDirectory) is null && settings.Trust != ProjectTrust.Trusted)
            yield return new("W04", $"{settings.WorkingDirectory} is in no git repository, so exec does not run here", "git init, or exec --skip-git-repo-check");
        yield return new("I08", $"sandbox {PolicyNames.Of(settings.Sandbox.Mode)}{(settings.Sandbox.AllowsNetwork ? " with network" : "")}, approvals {PolicyNames.Of(settings.Approval)}");
        if (settings.ProjectInstructions is { } text)
            yield return new("I09", $"AGENTS.md files are read, {text.Length} characters");
    }
}
