using System.Security.Cryptography;
using Codex.ConfigTool.Files;

namespace Codex.ConfigTool;

/// <summary>What the tool takes from outside, so that tests can give it.</summary>
/// <param name="Files">The system's files.</param>
/// <param name="Time">The clock.</param>
/// <param name="Variables">Environment variables.</param>
/// <param name="UserHome">The user's home directory.</param>
/// <param name="NewToken">Sixteen random hex digits, for names of files and operations.</param>
public sealed record ToolEnvironment(
    FileSystem Files,
    TimeProvider Time,
    IReadOnlyDictionary<string, string> Variables,
    string UserHome,
    Func<string> NewToken)
{
    private const int TokenBytes = 8;

    /// <summary>Where the command was started.</summary>
    public string CurrentDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>Codex's directory of the whole machine.</summary>
    public string SystemFolder { get; init; } = OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "OpenAI", "Codex")
        : "/etc/codex";

    public static ToolEnvironment OfProcess() => new(
        FileSystem.Current,
        TimeProvider.System,
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "", StringComparer.Ordinal),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));

    /// <summary>The value of a variable; null when it is unset or empty.</summary>
    public string? Variable(string name) => Variables.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
