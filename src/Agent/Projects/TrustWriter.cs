using Codex.Agent.Paths;
using Codex.Toml;
using Codex.Toml.Editing;
using Codex.Toml.Values;

namespace Codex.Agent.Projects;

/// <summary>Writes the user's decision about a project into <c>config.toml</c>; everything else in it stays byte for byte.</summary>
internal static class TrustWriter
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <returns>Null when it is written; otherwise why not.</returns>
    public static async Task<string?> WriteAsync(string codexHome, string projectRoot, bool isTrusted, CancellationToken cancellation)
    {
        // A link to a file elsewhere stays a link.
        var file = RealPath.Of(Path.Combine(codexHome, "config.toml"));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var document = TomlDocument.Parse(File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellation) : []);
            if (!document.IsValid)
                return $"{file} line {document.Diagnostics[0].Position.Line}: {document.Diagnostics[0].Message}; correct it first.";
            var path = TomlPath.Of("projects", projectRoot, "trust_level");
            var planning = TomlEditor.Plan(document, new TomlEdit.SetValue(path, new TomlValue.String(isTrusted ? "trusted" : "untrusted")));
            if (planning is EditPlanning.Refused unplanned)
                return $"{file} could not be changed: {unplanned.Diagnostic.Message}.";
            switch (((EditPlanning.Ready)planning).Plan.Apply())
            {
                case EditResult.Applied applied:
                    Replace(file, applied.Document.Bytes.Span);
                    return null;
                case EditResult.Refused refused:
                    return $"{file} could not be changed: {refused.Diagnostic.Message}.";
                default:
                    throw new NotSupportedException();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be written: {error.Message}.";
        }
    }

    private static void Replace(string file, ReadOnlySpan<byte> text)
    {
        var unfinished = $"{file}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File.Exists(file) ? File.GetUnixFileMode(file) : Private;
        using (var stream = new FileStream(unfinished, options))
            stream.Write(text);
        File.Move(unfinished, file, overwrite: true);
    }
}
