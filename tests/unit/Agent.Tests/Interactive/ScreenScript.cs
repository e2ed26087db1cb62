using System.Diagnostics;
using System.Text.RegularExpressions;
using Codex.Agent.Tests.Edits;

namespace Codex.Agent.Tests.Interactive;

/// <summary>
/// The program in a real terminal, and what a user does there, a step a line. Before it starts: <c>env NAME=VALUE</c>,
/// <c>untrusted</c>, <c>config LINE</c> (of config.toml, before its tables), <c>provider LINE</c> (of the provider's table), <c>home FILE TEXT</c>, <c>project FILE TEXT</c>,
/// <c>setup COMMAND</c> (in the project), <c>args ARGUMENTS</c>, <c>terminal COLUMNS ROWS</c>, <c>shell</c> (an interactive shell,
/// where <c>agent</c> starts the program). Then: <c>type</c>, <c>key</c>, <c>paste</c>, <c>wait</c> for a text, <c>gone</c> (until it
/// shows no more), <c>size COLUMNS ROWS</c>, <c>signal NAME</c>, <c>release</c> (the server goes on). What is recorded:
/// <c>screen</c>, <c>cursor</c>, <c>clipboard</c>, <c>styles</c>, <c>file NAME</c> (in the home), <c>heard</c> (what the model was told last).
/// What is recorded may come a moment later than the step before it, so it is looked at again until it is as expected.
/// In what is pasted, awaited or written <c>\n</c>, <c>\e</c> and <c>\u{HEX}</c> are characters.
/// </summary>
internal sealed partial class ScreenScript(IReadOnlyList<string> steps, string expected) : IAsyncDisposable
{
    private const string Separator = "--------\n";
    private static readonly string[] Preparing = ["env", "untrusted", "config", "provider", "home", "project", "setup", "args", "terminal", "shell"];

    private readonly ScriptedServer _server = new();
    private readonly TemporaryDirectory _home = new();
    private readonly TemporaryDirectory _project = new();
    private readonly Tmux _terminal = new();
    private readonly string[] _expected = expected.Split(Separator);
    private readonly List<string> _record = [];

    /// <returns>All that was recorded.</returns>
    public async Task<string> RunAsync()
    {
        await StartAsync();
        foreach (var (verb, rest) in steps.Select(Parts).Where(s => !Preparing.Contains(s.Verb)))
            await DoAsync(verb, rest);
        return string.Concat(_record.Select(r => r + Separator));
    }

    public async ValueTask DisposeAsync()
    {
        await _terminal.DisposeAsync();
        await _server.DisposeAsync();
        _home.Dispose();
        _project.Dispose();
    }

    private async Task StartAsync()
    {
        var isTrusted = All("untrusted").Count == 0;
        _home.Write("config.toml", $"""
            model = "scripted"
            model_provider = "local"
            model_context_window = 32000
            {string.Join('\n', All("config"))}
            [model_providers.local]
            name = "local"
            base_url = "http://127.0.0.1:{_server.Port}/v1"
            {string.Join('\n', All("provider"))}
            {(isTrusted ? $"[projects.\"{_project.Path}\"]\ntrust_level = \"trusted\"" : "")}
            """);
        foreach (var (folder, verb) in new[] { (_home, "home"), (_project, "project") })
            All(verb).ForEach(file => folder.Write(file.Split(' ', 2)[0], Plain(file.Split(' ', 2)[1]) + "\n"));
        foreach (var command in All("setup"))
        {
            using var setup = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { UseShellExecute = false, WorkingDirectory = _project.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
            await setup.WaitForExitAsync();
            setup.ExitCode.ShouldBe(0, await setup.StandardError.ReadToEndAsync());
        }

        var program = Path.Combine(AppContext.BaseDirectory, "codex-agent.dll");
        var arguments = string.Join(' ', All("args"));
        var agent = _home.Write("bin/agent", $"#!/bin/bash\nexec dotnet {program} {arguments} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(agent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var environment = new List<string> { $"PATH={Path.GetDirectoryName(agent)}:{Environment.GetEnvironmentVariable("PATH")}", $"HOME={_home.Path}", $"CODEX_HOME={_home.Path}", "TERM=screen-256color", "LANG=C.UTF-8", "PS1=$ " };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } runtime)
            environment.Add($"DOTNET_ROOT={runtime}");
        environment.AddRange(All("env"));
        var size = All("terminal").FirstOrDefault("80 24").Split(' ');
        // The terminal must be as it was, whatever the program did to it. Enter starts it again.
        const string Script = "while :; do before=$(stty -g); agent; code=$?; test \"$before\" = \"$(stty -g)\" && echo \"ended $code, terminal restored\"; read -r again; done";
        string[] command2 = All("shell").Count > 0 ? ["bash", "--norc"] : ["bash", "--norc", "-c", Script];
        await _terminal.StartAsync(size[0], size[1], _project.Path, environment, command2);
        if (All("shell").Count == 0)
            await _terminal.WaitAsync(isTrusted ? "/help" : "trust");
    }

    private async Task DoAsync(string verb, string rest)
    {
        switch (verb)
        {
            case "type":
                await _terminal.TypeAsync(rest);
                break;
            case "key":
                await _terminal.PressAsync(rest);
                break;
            case "paste":
                await _terminal.PasteAsync(Plain(rest));
                break;
            case "wait":
                await _terminal.WaitAsync(Plain(rest));
                break;
            case "gone":
                await _terminal.WaitAsync(Plain(rest), isThere: false);
                break;
            case "size":
                await _terminal.ResizeAsync(rest.Split(' ')[0], rest.Split(' ')[1]);
                break;
            case "signal":
                await _terminal.SignalAsync(rest, "codex-agent.dll");
                break;
            case "release":
                _server.Release();
                break;
            case "screen":
                await RecordAsync(_terminal.CaptureAsync);
                break;
            case "cursor":
                await RecordAsync(_terminal.CursorAsync);
                break;
            case "clipboard":
                await RecordAsync(_terminal.ClipboardAsync);
                break;
            case "styles":
                await RecordAsync(async () => (await _terminal.CaptureStyledAsync()).Contains('\e') ? "styled" : "no styles");
                break;
            case "file":
                await RecordAsync(() => Task.FromResult(File.Exists(_home[rest]) ? _home.Read(rest).TrimEnd('\n') : $"no {rest}"));
                break;
            case "heard":
                await RecordAsync(() => Task.FromResult(_server.LastInput));
                break;
            default:
                throw new InvalidOperationException($"There is no step '{verb}'.");
        }
    }

    private List<string> All(string verb) => [.. steps.Select(Parts).Where(s => s.Verb == verb).Select(s => s.Text)];

    private static (string Verb, string Text) Parts(string step) => step.Split(' ', 2) is [var verb, var rest] ? (verb, rest) : (step, "");

    public static string Plain(string text) => CodePoint().Replace(
        text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\e", "\e", StringComparison.Ordinal),
        found => char.ConvertFromUtf32(Convert.ToInt32(found.Groups[1].Value, 16)));

    private async Task RecordAsync(Func<Task<string>> look)
    {
        var wanted = _record.Count < _expected.Length - 1 ? _expected[_record.Count] : null;
        var wasAsExpected = _record.SequenceEqual(_expected.Take(_record.Count));
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var shown = Normal(await look()) + '\n';
            // After a first difference there is nothing to wait for.
            if (shown == wanted || wanted is null || !wasAsExpected || Stopwatch.GetElapsedTime(began) > Tmux.Patience)
            {
                _record.Add(shown);
                return;
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Without what differs from run to run.</summary>
    private string Normal(string shown)
    {
        var same = shown.Replace(_project.Path, "/project", StringComparison.Ordinal).Replace(_home.Path, "/home", StringComparison.Ordinal)
            .Replace($":{_server.Port}", ":PORT", StringComparison.Ordinal);
        return Count().Replace(Time().Replace(Id().Replace(same, "ID"), "TIME"), "N");
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\dZ?|(?<=""ts"":)\d+")]
    private static partial Regex Time();

    /// <summary>Tokens: paths and the name of the system are in what the model is told.</summary>
    [GeneratedRegex(@"(?<=(total|input|output)=)[\d,]+|(?<=^  (context|used) .*)\d+(?= (of|tokens?|in|out)\b)|\d+(?= of them)", RegexOptions.Multiline)]
    private static partial Regex Count();

    [GeneratedRegex(@"\\u\{([0-9A-Fa-f]+)\}")]
    private static partial Regex CodePoint();
}
