using System.Diagnostics;

namespace Codex.Contract.Tests.StockClients;

/// <summary>Codex's terminal interface inside a tmux of its own: what is typed, and what the screen shows.</summary>
public sealed class CodexTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(30);
    private readonly CodexHome _home;

    private CodexTerminal(CodexHome home) => _home = home;

    private string Socket => Path.Combine(_home.State, "tmux");

    /// <summary>Starts the interface in a folder it trusts; skips the calling test where tmux is missing.</summary>
    public static async Task<CodexTerminal> StartAsync(CodexRun run, CodexHome home, NodePackages packages)
    {
        Skip.If(ClientProcess.Find("tmux") is null, "skipped, because there is no tmux on PATH");
        var codex = packages.Codex(run.Release);
        // The -c syntax splits a key at every dot, so a path cannot be trusted there.
        await File.WriteAllTextAsync(
            Path.Combine(home.State, "config.toml"), $"[projects.\"{home.Work}\"]\ntrust_level = \"trusted\"\n");

        var terminal = new CodexTerminal(home);
        string[] command = [codex, "--dangerously-bypass-approvals-and-sandbox", "-m", run.Model, .. run.OverrideArguments()];
        await terminal.TmuxAsync(home.Environment(run.Key),
            ["-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40", "-c", home.Work, .. command]);
        return terminal;
    }

    /// <summary>Types text as it is.</summary>
    public Task TypeAsync(string text) => TmuxAsync(["send-keys", "-l", "--", text]);

    /// <summary>Presses one key by tmux's name: Enter, Escape, Down…</summary>
    public Task PressAsync(string key) => TmuxAsync(["send-keys", key]);

    /// <summary>The visible lines.</summary>
    public async Task<string> ScreenAsync() => (await TmuxAsync(["capture-pane", "-p"])).Stdout;

    /// <summary>Waits until the screen shows a text and returns the screen; fails with the last screen after the limit.</summary>
    public async Task<string> ShouldShowAsync(string text, TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var screen = await ScreenAsync();
            if (screen.Contains(text, StringComparison.Ordinal))
                return screen;
            if (waited.Elapsed > limit)
                throw new ShouldAssertException($"the screen never showed \"{text}\" but\n{screen}");
            await Task.Delay(Poll);
        }
    }

    /// <summary>Ends Codex first and waits for it: on a mere hang-up it goes on writing to the home that is about to be deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        var pane = await TmuxAsync(["display-message", "-p", "#{pane_pid}"], mayFail: true);
        if (int.TryParse(pane.Stdout, out var id))
            await EndAsync(id);
        await TmuxAsync(["kill-server"], mayFail: true);
    }

    private static async Task EndAsync(int id)
    {
        try
        {
            using var codex = Process.GetProcessById(id);
            codex.Kill(entireProcessTree: true);
            await codex.WaitForExitAsync();
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    private Task<ProcessOutcome> TmuxAsync(string[] arguments, bool mayFail = false) =>
        TmuxAsync(_home.Environment(key: null), arguments, mayFail);

    private async Task<ProcessOutcome> TmuxAsync(
        IReadOnlyDictionary<string, string> environment, string[] arguments, bool mayFail = false)
    {
        var outcome = await ClientProcess.RunAsync(
            "tmux", ["-S", Socket, .. arguments], _home.Work, environment, CommandLimit);
        if (!mayFail)
            outcome.ExitCode.ShouldBe(0, $"tmux {arguments[0]}: {outcome.Stderr}");
        return outcome;
    }
}
