namespace Codex.Agent.CommandLine;

/// <summary>Writes the last message where <c>-o</c> says, whole or not at all.</summary>
internal static class OutputFile
{
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> WriteAsync(string path, string text, CancellationToken cancellation)
    {
        var target = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            return $"Failed to write last message file {target}: there is no directory {Path.GetDirectoryName(target)}";
        var temporary = target + ".part";
        try
        {
            await File.WriteAllTextAsync(temporary, text, cancellation);
            File.Move(temporary, target, overwrite: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"Failed to write last message file {target}: {error.Message}";
        }
    }
}
