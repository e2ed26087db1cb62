using Codex.Agent.Paths;
using Codex.Toml;
using Codex.Toml.Editing;

namespace Codex.Agent.Configuration;

/// <summary>Changes the user's configuration file in one step: every byte that was not asked about stays, and so do its rights and the link it may be.</summary>
internal static class ConfigFileChange
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="path">Absolute; made when it is not there.</param>
    /// <param name="edits">What is to change, given the file as it is.</param>
    /// <returns>Null when the file is as asked; otherwise why it is as it was.</returns>
    public static string? Apply(string path, Func<TomlDocument, IEnumerable<TomlEdit>> edits)
    {
        try
        {
            // A link is followed, so that the file it names is replaced and not the link.
            var target = RealPath.Of(path);
            var before = File.Exists(target) ? File.ReadAllBytes(target) : [];
            var document = TomlDocument.Parse(before);
            if (document.Diagnostics is [var fault, ..])
                return $"{path}:{fault}; put that right first";
            return TomlEditor.Plan(document, edits(document)) switch
            {
                EditPlanning.Refused refused => $"{path}:{refused.Diagnostic}; nothing was changed",
                EditPlanning.Ready { Plan.IsEmpty: true } => null,
                EditPlanning.Ready ready => Write(target, before, ready.Plan.Apply()),
                var other => throw new NotSupportedException(other.GetType().Name),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"cannot change {path}: {error.Message}";
        }
    }

    private static string? Write(string target, byte[] before, EditResult result)
    {
        if (result is not EditResult.Applied applied)
            return $"{target}:{((EditResult.Refused)result).Diagnostic}; nothing was changed";
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        try
        {
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(applied.Document.Bytes.Span);
                if (!OperatingSystem.IsWindows() && File.Exists(target))
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
                stream.Flush(flushToDisk: true);
            }

            var now = File.Exists(target) ? File.ReadAllBytes(target) : [];
            if (!now.AsSpan().SequenceEqual(before))
                return $"{target} was changed by another program meanwhile; nothing was changed. Run this again";
            File.Move(temporary, target, overwrite: true);
            return null;
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
