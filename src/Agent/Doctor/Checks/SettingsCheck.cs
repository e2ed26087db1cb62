using Codex.Agent.Configuration;

namespace Codex.Agent.Doctor.Checks;

/// <summary>What the files of configuration say wrongly, in older spellings, or in vain. The words name the next step themselves.</summary>
internal static class SettingsCheck
{
    public static IEnumerable<Finding> Find(Examination examination) => examination.Loaded switch
    {
        SettingsLoaded.Refused refused => refused.Message.Split('\n').Select(line => new Finding("E02", line)),
        SettingsLoaded.Ready ready => ready.Settings.Warnings.Select(warning => new Finding("W03", warning)),
        var other => throw new NotSupportedException(other.GetType().Name),
    };
}
