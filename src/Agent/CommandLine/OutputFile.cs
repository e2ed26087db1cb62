namespace Codex.Agent.CommandLine;

/// <summary>Writes the last message where <c>-o</c> says, whole or not at all.</summary>
internal static class OutputFile
{
    /// <returns>Why nothing can be written there, as far as it is known beforehand; or null.</returns>
    public static string? Check(string path)
    {
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target))
            return $"Failed to open last message file {target}: it is a directory";
        return Directory.Exists(Path.GetDirectoryName(target)) ? null : $"Failed to open last message file {target}: there is no directory {Path.GetDirectoryName(target)}";
    }

    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> WriteAsync(string path, string text, CancellationToken cancellation)
    {
        var target = Path.GetFullPath(path);
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
