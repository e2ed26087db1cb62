using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Codex.Agent.Client;

/// <summary>What came of looking for a key.</summary>
public abstract record KeyFound
{
    private KeyFound()
    {
    }

    /// <param name="Key">Null: requests go without one. Shown nowhere.</param>
    public sealed record Known(string? Key) : KeyFound
    {
        public override string ToString() => nameof(Known);
    }

    /// <param name="Reason">For people; without anything the program printed: that may be the key.</param>
    public sealed record Failed(string Reason) : KeyFound;
}

/// <summary>A program that prints a key: a provider's <c>auth</c>. Its answer is kept for a while.</summary>
/// <param name="command">A name on the PATH, or a path.</param>
/// <param name="directory">Where it runs, and where a relative path to it begins; absolute.</param>
/// <param name="environment">All of it.</param>
/// <param name="limit">It has to end within.</param>
/// <param name="freshness">A key is used this long; zero uses it until the server refuses it.</param>
public sealed class KeyProgram(
    string command,
    ImmutableArray<string> arguments,
    string directory,
    ImmutableDictionary<string, string> environment,
    TimeSpan limit,
    TimeSpan freshness,
    TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private string? _key;
    private DateTimeOffset _since;

    public async Task<KeyFound> FindAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_key is not null && (freshness == TimeSpan.Zero || time.GetUtcNow() - _since < freshness))
                return new KeyFound.Known(_key);
            var found = await RunAsync(cancellation);
            _key = (found as KeyFound.Known)?.Key;
            _since = time.GetUtcNow();
            return found;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The server refused this key: the next question runs the program again.</summary>
    public void Forget(string key)
    {
        if (Volatile.Read(ref _key) == key)
            Volatile.Write(ref _key, null);
    }

    public void Dispose() => _gate.Dispose();

    private async Task<KeyFound> RunAsync(CancellationToken cancellation)
    {
        var shown = $"the program '{command}', which prints the key,";
        var program = command.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(command, directory) : command;
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            return new KeyFound.Failed($"{shown} does not start; check auth.command of the provider");
        }

        process.StandardInput.Close();
        // What it says there is not shown, but a full pipe would stop it.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, output.Trim()) switch
            {
                (0, { Length: > 0 } key) => new KeyFound.Known(key),
                (0, _) => new KeyFound.Failed($"{shown} prints nothing"),
                var (code, _) => new KeyFound.Failed(string.Create(CultureInfo.InvariantCulture, $"{shown} ends with {code}; run it in a terminal to see why")),
            };
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return new KeyFound.Failed(string.Create(CultureInfo.InvariantCulture, $"{shown} does not end within {limit.TotalSeconds:0.###} s; raise auth.timeout_ms of the provider"));
        }
    }
}
