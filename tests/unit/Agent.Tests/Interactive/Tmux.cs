using System.Diagnostics;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Interactive;

/// <summary>A terminal of its own server, so that it meets no other.</summary>
internal sealed class Tmux : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    public static bool IsInstalled => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(d => File.Exists(Path.Combine(d, "tmux")));

    public Task StartAsync(string columns, string rows, string directory, IEnumerable<string> environment, IEnumerable<string> command) =>
        RunAsync(["-u", "-f", "/dev/null", "set-option", "-s", "set-clipboard", "on", ";", "new-session", "-d", "-x", columns, "-y", rows, "-c", directory, "env", "-i", .. environment, .. command]);

    public Task ResizeAsync(string columns, string rows) => RunAsync(["resize-window", "-x", columns, "-y", rows]);

    public Task TypeAsync(string text) => RunAsync(["send-keys", "-l", "--", text]);

    public Task PressAsync(string key) => RunAsync(["send-keys", key]);

    public async Task PasteAsync(string text)
    {
        await RunAsync(["set-buffer", text]);
        await RunAsync(["paste-buffer", "-p"]);
    }

    /// <summary>The screen without the blanks at its ends.</summary>
    public async Task<string> CaptureAsync() => string.Join('\n', (await RunAsync(["capture-pane", "-p"])).TrimEnd().Split('\n').Select(l => l.TrimEnd()));

    /// <summary>With colours and weights as sequences.</summary>
    public Task<string> CaptureStyledAsync() => RunAsync(["capture-pane", "-p", "-e"]);

    /// <summary>What the program gave to the clipboard.</summary>
    public async Task<string> ClipboardAsync() => (await RunAsync(["show-buffer"])).TrimEnd('\n');

    public async Task<string> CursorAsync() =>
        (await RunAsync(["display-message", "-p", "column #{cursor_x}, row #{cursor_y}, #{?cursor_flag,visible,hidden}"])).TrimEnd();

    /// <summary>Sends a signal to the one process of this terminal whose command line has a text.</summary>
    public async Task SignalAsync(string name, string text)
    {
        var found = Processes(await SessionAsync(), text);
        found.Count.ShouldBe(1, $"processes in this terminal that have {text}: {string.Join(' ', found)}");
        using var kill = Process.Start("bash", ["-c", $"kill -{name} {found[0]}"]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    private async Task<string> SessionAsync() => (await RunAsync(["display-message", "-p", "#{pane_pid}"])).Trim();

    private static List<string> Processes(string session, string text) =>
        [.. Directory.EnumerateDirectories("/proc").Where(d => IsOf(d, session, text)).Select(d => Path.GetFileName(d))];

    private static bool IsOf(string process, string session, string text)
    {
        try
        {
            // Behind the name, which may hold anything: state, parent, group, session (proc_pid_stat(5)).
            var status = File.ReadAllText(Path.Combine(process, "stat"));
            return status[(status.LastIndexOf(')') + 2)..].Split(' ')[3] == session
                // Empty once it has ended.
                && File.ReadAllText(Path.Combine(process, "cmdline")) is { Length: > 0 } line && line.Contains(text, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No process, or one that has just ended.
            return false;
        }
    }

    /// <summary>Until the screen shows a text, or shows it no more, and has stopped changing.</summary>
    public async Task WaitAsync(string text, bool isThere = true)
    {
        var began = Stopwatch.GetTimestamp();
        for (var last = ""; ;)
        {
            var now = await CaptureAsync();
            if (now.Contains(text, StringComparison.Ordinal) == isThere && now == last)
                return;
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience, $"'{text}' {(isThere ? "did not come" : "stayed")}:\n{now}");
            last = now;
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var session = await SessionAsync();
        await RunAsync(["kill-server"]);
        // On the hang-up the program still writes its end into the directories that are about to be deleted.
        var began = Stopwatch.GetTimestamp();
        while (Processes(session, "").Count > 0)
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience, "the programs of the terminal did not end");
            await Task.Delay(20);
        }

        _directory.Dispose();
    }

    private async Task<string> RunAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("tmux", ["-S", _directory["socket"], .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return await output;
    }
}
