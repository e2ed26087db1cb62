using System.Collections;
using System.Collections.Immutable;

namespace Codex.Agent.Configuration;

/// <summary>What the settings are resolved in: the places that hold files, and the environment. Tests bring their own.</summary>
/// <param name="UserHome">Absolute; <c>~</c> in paths.</param>
/// <param name="CurrentDirectory">Absolute.</param>
/// <param name="Environment">Of this program.</param>
public sealed record Surroundings(string UserHome, string CurrentDirectory, ImmutableDictionary<string, string> Environment)
{
    /// <summary>Holds what the administrator of the machine decides.</summary>
    public string SystemDirectory { get; init; } = "/etc/codex";

    public static Surroundings OfProcess() => new(
        System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
        Directory.GetCurrentDirectory(),
        System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToImmutableDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal));

    /// <summary>Null for a variable that is not set or holds nothing but blanks.</summary>
    public string? Variable(string name) =>
        Environment.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>A path as the user writes it: with <c>~</c>, or relative to <paramref name="directory"/>.</summary>
    public string Absolute(string path, string directory)
    {
        if (path == "~")
            return UserHome;
        return path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.GetFullPath(path[2..], UserHome)
            : Path.GetFullPath(path, directory);
    }
}
