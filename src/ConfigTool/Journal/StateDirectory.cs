namespace Codex.ConfigTool.Journal;

/// <summary>Where the journal and the backups are: never in Codex's directory, which is often a checkout that gets published.</summary>
internal sealed record StateDirectory(string Path)
{
    private const string Name = "codex-config";

    public string Journal => System.IO.Path.Combine(Path, "journal");

    public string Backups => System.IO.Path.Combine(Path, "backups");

    public string Lock => System.IO.Path.Combine(Path, "lock");

    /// <summary><c>--state-dir</c>, else the system's place for state.</summary>
    public static StateDirectory Find(ToolEnvironment environment, string? option)
    {
        if (option is not null)
            return new(System.IO.Path.GetFullPath(option));
        var place = environment.Files.StatePlace(environment.UserHome, environment.Variable);
        return new(System.IO.Path.Combine(place, Name));
    }
}
