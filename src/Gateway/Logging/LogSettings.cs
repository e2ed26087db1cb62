using Serilog.Events;

namespace Codex.Gateway.Logging;

/// <param name="Json">One JSON object a line instead of plain text.</param>
public sealed record LogSettings(LogEventLevel Level = LogEventLevel.Information, bool Json = false)
{
    /// <summary>Written beside standard error; null for none.</summary>
    public LogFile? File { get; init; }
}

/// <param name="MaxBytes">A larger file is put aside: <c>name_001.log</c> follows <c>name.log</c>.</param>
/// <param name="Kept">Files in all; the oldest are deleted.</param>
public sealed record LogFile(string Path, long MaxBytes = LogFile.DefaultMaxBytes, int Kept = LogFile.DefaultKept)
{
    public const long DefaultMaxBytes = 50 * 1024 * 1024;
    public const int DefaultKept = 10;

    /// <summary>Why it cannot be written, in a few words; null when it can. Found at the start, since later nobody would hear of it.</summary>
    public string? Problem()
    {
        try
        {
            using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return "its folder does not exist";
        }
        catch (UnauthorizedAccessException)
        {
            return Directory.Exists(Path) ? "it is a folder" : "it may not be written";
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }
}
