using System.Text;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.Tests;

/// <summary>A home directory of its own on the real disk, and runs of the tool in it.</summary>
internal sealed class ToolRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("codex-config-");
    private int _tokens;

    public ToolRun()
    {
        Directory.CreateDirectory(CodexHome);
        Variables["CODEX_HOME"] = CodexHome;
        // Set for good, as the doctor wants it.
        Directory.CreateDirectory(UserHome);
        File.WriteAllText(Path.Combine(UserHome, ".profile"), "export CODEX_HOME\n");
    }

    public string Folder => _folder.FullName;

    public string CodexHome => Path.Combine(Folder, "codex-home");

    public string ConfigPath => Path.Combine(CodexHome, "config.toml");

    public string UserHome => Path.Combine(Folder, "user");

    /// <summary>Where the commands are run; does not exist unless the test makes it.</summary>
    public string WorkFolder => Path.Combine(Folder, "work");

    /// <summary>Codex's directory of the whole machine; does not exist unless the test makes it.</summary>
    public string SystemFolder => Path.Combine(Folder, "system");

    public string StatePath => Path.Combine(Folder, "state");

    /// <summary>Journal, backups and lock.</summary>
    public string[] StateFiles => Directory.Exists(StatePath) ? Directory.GetFileSystemEntries(StatePath, "*", SearchOption.AllDirectories) : [];

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public FileSystem Files { get; init; } = FileSystem.Current;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the person at the terminal types; null when nobody is there.</summary>
    public string? Answer { get; set; }

    public string? Config
    {
        get => File.Exists(ConfigPath) ? Encoding.UTF8.GetString(File.ReadAllBytes(ConfigPath)) : null;
        set => File.WriteAllBytes(ConfigPath, Encoding.UTF8.GetBytes(value!));
    }

    public Outcome Run(string arguments) => Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public Outcome Run(params string[] arguments) => RunAsync(arguments).GetAwaiter().GetResult();

    public async Task<Outcome> RunAsync(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var environment = new ToolEnvironment(Files, Time, Variables, UserHome, NewToken) { CurrentDirectory = WorkFolder, SystemFolder = SystemFolder };
        var terminal = new Terminal(output, error, IsTerminal: false, CanAsk: Answer is not null, () => Answer);
        var exit = await ConfigCommandLine.RunAsync([.. arguments, "--state-dir", StatePath], environment, terminal);
        return new(exit, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }

    /// <summary>Different every time, also between objects that share a state directory.</summary>
    private string NewToken() => $"{Interlocked.Increment(ref _tokens):x6}{Random.Shared.NextInt64(1L << 40):x10}";

    internal sealed record Outcome(int ExitCode, string Output, string Error);
}
