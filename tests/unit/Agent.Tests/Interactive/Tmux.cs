using System.Diagnostics;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Interactive;

/// <summary>A terminal of its own server, so that it meets no other.</summary>
internal sealed class Tmux : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    public static bool IsInstalled => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(d => File.Exists(Path.Combine(d, "tmux")));

    public Task StartAsync(string directory, IEnumerable<string> environment, params string[] command) =>
        RunAsync(["-u", "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", directory, "env", "-i", .. environment, .. command]);

    public Task ResizeAsync(string columns, string rows) => RunAsync(["resize-window", "-x", columns, "-y", rows]);

    public Task TypeAsync(string text) => RunAsync(["send-keys", "-l", text]);

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

    /// <summary>Until the screen shows a text and has stopped changing.</summary>
    public async Task WaitAsync(string text)
    {
        var began = Stopwatch.GetTimestamp();
        for (var last = ""; ;)
        {
            var now = await CaptureAsync();
            if (now.Contains(text, StringComparison.Ordinal) && now == last)
                return;
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience, $"'{text}' did not come:\n{now}");
            last = now;
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(["kill-server"]);
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
