namespace Codex.Agent.Edits;

/// <summary>A path of a patch as an absolute one.</summary>
public static class EditPath
{
    /// <summary>Dots and doubled slashes are taken out by their letters, as the original does, without looking at links.</summary>
    /// <returns>Null when the system knows no such name.</returns>
    public static string? Absolute(string path, string directory)
    {
        try
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, directory));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
