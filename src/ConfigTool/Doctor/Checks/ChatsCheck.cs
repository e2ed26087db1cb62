using System.Globalization;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Presets;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Chats by provider: Codex lists those of the provider in use only, and resumes none whose provider is gone.</summary>
internal static class ChatsCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Chats.Count == 0)
            yield break;
        var counts = examination.Chats.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value} with {Printable.Line(c.Key)}"));
        yield return new("I01", $"chats: {string.Join(", ", counts)}; codex resume lists those of the provider in use");
        foreach (var (id, count) in examination.Chats.Where(c => !DanglingProviderCheck.IsKnown(examination, c.Key)).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            yield return new("W26", string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "chat was" : "chats were")} made with '{Printable.Line(id)}', which the file has no more; to resume them Codex needs its table"),
                PresetRegistry.Find(id) is null ? "codex-config undo, or add the provider again under that id" : $"codex-config add-provider {id} --no-default");
        }
    }
}
