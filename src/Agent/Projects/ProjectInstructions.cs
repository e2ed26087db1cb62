using System.Collections.Immutable;
using System.Text;
using Codex.Agent.Configuration;

namespace Codex.Agent.Projects;

/// <summary>Joins the AGENTS.md files that hold for a directory, exactly as Codex 0.169 does.</summary>
internal static class ProjectInstructions
{
    private const string Separator = "\n\n--- project-doc ---\n\n";
    private const int UsualLimit = 32 * 1024;

    /// <summary>In one directory the first that exists speaks, even when it says nothing.</summary>
    private static readonly ImmutableArray<string> Names = ["AGENTS.override.md", "AGENTS.md"];

    /// <summary>Null when nobody says anything, and whether the project itself does. The user's own file always speaks; those of an untrusted project never.</summary>
    /// <param name="directory">The working directory, links resolved.</param>
    public static (string? Text, bool IsOfProject) Read(SettingsSection settings, string home, Project project, string directory)
    {
        var own = OwnText(home, settings.Findings);
        var texts = project.Trust == ProjectTrust.Untrusted ? [] : ProjectTexts(settings, project, directory);
        var joined = texts.Count == 0 ? null : string.Join("\n\n", texts);
        return (own is null || joined is null ? own ?? joined : own + Separator + joined, joined is not null);
    }

    private static string? OwnText(string home, SettingsFindings findings)
    {
        foreach (var name in Names)
        {
            if (ReadUpTo(Path.Combine(home, name), int.MaxValue, findings) is { } bytes && Text(bytes).Trim() is { Length: > 0 } text)
                return text;
        }

        return null;
    }

    private static List<string> ProjectTexts(SettingsSection settings, Project project, string directory)
    {
        var left = settings.Number("project_doc_max_bytes", 0) ?? UsualLimit;
        var fallbacks = settings.Texts("project_doc_fallback_filenames") is { IsDefault: false } written ? written.Where(IsPlainName) : [];
        ImmutableArray<string> names = [.. Names, .. fallbacks];
        var texts = new List<string>();
        foreach (var folder in Ancestors.Between(project.Root, directory))
        {
            if (left == 0)
                break;
            if (names.Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists) is not { } file
                || ReadUpTo(file, left + 1, settings.Findings) is not { } bytes
                || Text(bytes) is var text && string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (bytes.Length > left)
            {
                settings.Findings.Warn($"{file} is cut: the project's instructions may have {settings.Number("project_doc_max_bytes", 0) ?? UsualLimit} bytes in all. Raise project_doc_max_bytes, or shorten them.");
                text = Text(bytes[..left]);
            }

            texts.Add(text);
            left -= Math.Min(left, bytes.Length);
        }

        return texts;
    }

    /// <summary>A name with a path would read files of other places.</summary>
    private static bool IsPlainName(string name) => name.Length > 0 && Path.GetFileName(name) == name && name is not ("." or "..");

    private static string Text(byte[] bytes)
    {
        // A character cut in two at the end is left out, not replaced.
        var end = bytes.Length;
        while (end > 0 && end > bytes.Length - 4 && (bytes[end - 1] & 0xC0) == 0x80)
            end--;
        if (end > 0 && (bytes[end - 1] & 0xC0) == 0xC0 && Length(bytes[end - 1]) > bytes.Length - end + 1)
            return Encoding.UTF8.GetString(bytes, 0, end - 1);
        return Encoding.UTF8.GetString(bytes);
    }

    private static int Length(byte lead) => lead switch { >= 0xF0 => 4, >= 0xE0 => 3, _ => 2 };

    private static byte[]? ReadUpTo(string file, int most, SettingsFindings findings)
    {
        try
        {
            if (!File.Exists(file))
                return null;
            using var stream = File.OpenRead(file);
            var bytes = new byte[(int)Math.Min(most, stream.Length)];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Warn($"{file} cannot be read and is left out; check its permissions");
            return null;
        }
    }
}
