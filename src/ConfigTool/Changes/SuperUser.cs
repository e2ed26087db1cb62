using System.Globalization;
using Codex.ConfigTool.Merge;

namespace Codex.ConfigTool.Changes;

/// <summary>A run under sudo on somebody's own files. Owners are kept; journal and backups are root's, where the user does not find them.</summary>
internal static class SuperUser
{
    private const string Variable = "SUDO_UID";

    public static IEnumerable<Notice> Notices(ToolEnvironment environment, IEnumerable<PlannedChange> changes)
    {
        if (environment.Files.EffectiveUser != 0 || environment.Variable(Variable) is null)
            yield break;
        foreach (var change in changes.Where(c => !c.IsEmpty))
        {
            var facts = change.File.Facts ?? (Path.GetDirectoryName(change.File.RealPath) is { } folder ? environment.Files.Describe(folder) : null);
            if (facts is { UserId: not 0 and var owner })
            {
                yield return new("sudo", string.Create(CultureInfo.InvariantCulture,
                    $"this runs under sudo, and {change.File.RealPath} is {(change.File.Facts is null ? "new in a folder of" : "a file of")} user {owner}: {(change.File.Facts is null ? "it will be root's" : "its owner stays")}, but only root can undo it; no sudo is needed"));
            }
        }
    }
}
