using Codex.Agent.Configuration;

namespace Codex.Agent.Doctor.Checks;

/// <summary>Codex's directory, and the files of configuration that count.</summary>
internal static class HomeCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        if (examination.Home is not { } home)
            yield break;
        if (!Directory.Exists(home))
            yield return new("I05", $"{home} is not there; it is made when something is kept");
        else if (IsWritable(home))
            yield return new("I05", $"{CodexHome.Variable} is {home}");
        else
            yield return new("E01", $"{home} cannot be written, so no session is kept", $"give yourself the right to write there, or set {CodexHome.Variable} to another directory");
        string[] files = ["config.toml", "requirements.toml"];
        foreach (var directory in examination.Settings?.ConfigurationDirectories ?? [examination.Around.SystemDirectory, home])
        {
            foreach (var file in files.Select(f => Path.Combine(directory, f)).Where(File.Exists))
                yield return new("I06", $"{file} is read");
        }

        if (Path.Combine(home, ".env") is var variables && File.Exists(variables))
            yield return new("I06", $"{variables} is read");
    }

    private static bool IsWritable(string directory)
    {
        try
        {
            using var file = new FileStream(
                Path.Combine(directory, $".doctor-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
