namespace Codex.Gateway.Configuration;

/// <summary>Finds the file that holds the configuration.</summary>
public static class ConfigurationFile
{
    private const string Name = "gateway.json";

    /// <summary>
    /// The file named by the user, else <c>./gateway.json</c>, else
    /// <c>$XDG_CONFIG_HOME/codex-gateway/gateway.json</c>; null when there is none. A named file need not exist.
    /// </summary>
    public static string? Find(string? named, IReadOnlyDictionary<string, string> variables)
    {
        if (named is not null)
            return named;
        if (File.Exists(Name))
            return Name;
        return InHome(variables) is { } path && File.Exists(path) ? path : null;
    }

    /// <summary>Where a first file goes, so that a gateway finds it from every directory.</summary>
    public static string Default(IReadOnlyDictionary<string, string> variables) => InHome(variables) ?? Name;

    private static string? InHome(IReadOnlyDictionary<string, string> variables)
    {
        // The XDG base directory specification: a relative path is to be ignored.
        if (variables.TryGetValue("XDG_CONFIG_HOME", out var xdg) && Path.IsPathRooted(xdg))
            return Path.Combine(xdg, "codex-gateway", Name);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? Path.Combine(home, ".config", "codex-gateway", Name) : null;
    }
}
