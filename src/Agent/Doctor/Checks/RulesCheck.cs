using Codex.Agent.Approvals.Rules;
using Codex.Agent.Threads;

namespace Codex.Agent.Doctor.Checks;

/// <summary>Rules that cannot be read keep a thread from starting.</summary>
internal static class RulesCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Settings is not { } settings)
            return [];
        var (_, faults) = RuleFiles.ReadDirectories(settings.ConfigurationDirectories.Select(d => Path.Combine(d, BuiltInTools.RulesFolder)));
        return faults.Select(f => new Finding("E03", f.ToString(), "correct or remove the rule; codex-agent execpolicy check --rules FILE tells when it can be read"));
    }
}
