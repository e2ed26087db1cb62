using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Codex.Agent.Mcp;

/// <summary>A server that is a program: started in a session of its own, so that what it starts ends with it and Ctrl+C at the terminal does not reach it.</summary>
internal sealed partial class McpProcess : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int MostErrorLines = 3;

    /// <summary>For a server to end by itself once its input is closed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What programs need to run at all; keys and tokens are not among it.</summary>
    private static readonly string[] Inherited =
        ["PATH", "SHELL", "TMPDIR", "TEMP", "TMP", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "USER", "TERM", "TZ"];

    private readonly Process _process;
    private readonly bool _leadsGroup;
    private readonly Task _errors;
    private readonly Queue<string> _lastErrors = new();
    private readonly TimeProvider _time;

    private McpProcess(Process process, bool leadsGroup, TimeProvider time)
    {
        _process = process;
        _leadsGroup = leadsGroup;
        _time = time;
        _errors = ReadErrorsAsync();
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <param name="variable">Of this program's environment.</param>
    /// <param name="directory">Of the thread.</param>
    /// <exception cref="IOException">It does not start.</exception>
    public static McpProcess Start(McpTransport.Stdio server, Func<string, string?> variable, string directory, TimeProvider time)
    {
        var work = server.Directory is { } own ? Path.GetFullPath(own, directory) : directory;
        if (!Directory.Exists(work))
            throw new IOException($"its cwd {work} does not exist");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Inherited.Concat(server.InheritedVariables))
        {
            if (variable(name) is { } value)
                environment[name] = value;
        }

        foreach (var (name, value) in server.Environment)
            environment[name] = value;
        var path = environment.GetValueOrDefault("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
        var command = Find(server.Command, path, work) ?? throw new IOException($"its command {server.Command} is not to be found");
        var session = OperatingSystem.IsLinux() ? Find("setsid", "/usr/bin:/bin", work) : null;
        var start = new ProcessStartInfo(session ?? command)
        {
            WorkingDirectory = work,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (session is not null)
            start.ArgumentList.Add(command);
        foreach (var argument in server.Arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            return new McpProcess(Process.Start(start)!, session is not null, time);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>The last it wrote on standard error, for messages; null when nothing.</summary>
    public string? LastErrors
    {
        get
        {
            lock (_lastErrors)
                return _lastErrors.Count == 0 ? null : string.Join(" | ", _lastErrors);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience, _time);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        // Its id is that of its group, which lives on as long as anything it started.
        if (_leadsGroup)
            Kill(-_process.Id, SigKill);
        // Something that left the group may hold the pipe open.
        await Task.WhenAny(_errors, Task.Delay(Patience, _time));
        _process.Dispose();
    }

    private static string? Find(string name, string path, string directory)
    {
        if (OperatingSystem.IsWindows())
            return name;
        var places = name.Contains('/') ? [Path.GetFullPath(name, directory)] : path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(d => Path.Combine(d, name));
        return places.FirstOrDefault(File.Exists);
    }

    private async Task ReadErrorsAsync()
    {
        try
        {
            while (await _process.StandardError.ReadLineAsync() is { } line)
            {
                if (string.IsNullOrWhiteSpace(line))
                    continue;
                lock (_lastErrors)
                {
                    _lastErrors.Enqueue(line.Trim() is { Length: > 200 } text ? text[..200] : line.Trim());
                    if (_lastErrors.Count > MostErrorLines)
                        _lastErrors.Dequeue();
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The pipe broke with the program.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
