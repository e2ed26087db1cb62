using System.Globalization;
using System.Text;

namespace Codex.Agent.Tools.Commands;

/// <summary>Keeps outputs whole that the model is shown only in part. Nobody but the user may read them: they may hold what a command printed of secrets.</summary>
internal static class SavedOutput
{
    private const int MostTries = 100;

    /// <returns>The file; null when it could not be written, which costs the model no more than the middle of an output.</returns>
    public static string? Save(string directory, string callId, string text)
    {
        var name = string.Concat(callId.Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-').TakeLast(40));
        try
        {
            CreatePrivate(directory);
            for (var n = 1; n <= MostTries; n++)
            {
                var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{name}{(n == 1 ? "" : $"-{n}")}.txt"));
                if (!Path.Exists(path) && TryWrite(path, text))
                    return path;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See above.
        }

        return null;
    }

    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static bool TryWrite(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        FileStream stream;
        try
        {
            stream = new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }

        using (stream)
            stream.Write(Encoding.UTF8.GetBytes(text));
        return true;
    }
}
