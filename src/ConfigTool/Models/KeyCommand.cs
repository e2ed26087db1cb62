using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Providers;
using Codex.Toml.Semantics;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Models;

/// <summary>What the command of a provider's <c>auth</c> came to.</summary>
internal abstract record KeyCommandOutcome
{
    private KeyCommandOutcome()
    {
    }

    /// <param name="Key">Never to be printed.</param>
    public sealed record Printed(string Key) : KeyCommandOutcome;

    /// <param name="Reason">For people, without what the command printed: that may be the key.</param>
    public sealed record Failed(string Reason) : KeyCommandOutcome;
}

/// <summary>Runs the command that prints a key, as Codex does: no shell, its own folder, its own time limit.</summary>
internal sealed class KeyCommand(ToolEnvironment environment, string home)
{
    /// <summary>Codex's own default.</summary>
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(5);

    public async Task<KeyCommandOutcome> RunAsync(TableNode auth, CancellationToken cancellation)
    {
        if (ProviderEndpoint.TextOf(auth, "command") is not { Length: > 0 } command)
            return new KeyCommandOutcome.Failed("auth names no command");
        var shown = $"the command '{Printable.Line(command)}', which prints the key,";
        var folder = ProviderEndpoint.TextOf(auth, "cwd");
        var hasFolder = command.AsSpan().ContainsAny('/', Path.DirectorySeparatorChar);
        if (ProgramSearch.Find(environment, hasFolder && folder is not null ? Path.GetFullPath(command, folder) : command) is not { } path)
            return new KeyCommandOutcome.Failed($"{shown} is not there");

        var arguments = auth.Children.TryGetValue("args", out var node) && node.ToValue() is TomlValue.Array array
            ? array.Items.OfType<TomlValue.String>().Select(s => s.Value)
            : [];
        var limit = auth.Children.TryGetValue("timeout_ms", out var time) && time.ToValue() is TomlValue.Integer { Value: > 0 and <= int.MaxValue and var milliseconds }
            ? TimeSpan.FromMilliseconds(milliseconds)
            : DefaultLimit;
        return await ProgramRun.RunAsync(path, arguments, KeyFile.Over(environment, home), folder, limit, cancellation) switch
        {
            ProgramOutcome.Ended { ExitCode: 0, Output: var output } when output.Trim() is { Length: > 0 } key => new KeyCommandOutcome.Printed(key),
            ProgramOutcome.Ended { ExitCode: 0 } => new KeyCommandOutcome.Failed($"{shown} prints nothing"),
            ProgramOutcome.Ended { ExitCode: var code } => new KeyCommandOutcome.Failed($"{shown} ends with {code}"),
            ProgramOutcome.NotStarted { Reason: var reason } => new KeyCommandOutcome.Failed($"{shown} does not start: {Printable.Line(reason)}"),
            ProgramOutcome.TookTooLong { Limit: var waited } => new KeyCommandOutcome.Failed($"{shown} does not end within {waited.TotalSeconds:0.#} s"),
            _ => throw new InvalidOperationException(),
        };
    }
}
