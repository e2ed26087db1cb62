using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Profiles as Codex had them up to 0.131.</summary>
internal static class LegacyProfileCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        // A Codex that still reads them has nothing against them yet.
        var isStillRead = (examination.Codex?.Version).IsBefore(CodexVersions.ProfileFiles);
        return LegacyProfiles.Notices(examination.Document).Select(n => n.Code == LegacyProfiles.Chosen && !isStillRead
            ? new Finding("E06", n.Message, "codex-config profiles migrate NAME gives it a file of its own; then codex -p NAME", n.Position)
            : new Finding("W04", n.Message, "codex-config profiles migrate NAME gives each a file of its own", n.Position));
    }
}
