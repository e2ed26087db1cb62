using System.Text.Json;

namespace Codex.Contract.Tests.StockClients;

/// <summary>What one <c>codex exec --json</c> did.</summary>
public sealed class CodexOutcome
{
    private readonly ProcessOutcome _process;

    public CodexOutcome(CodexRun run, ProcessOutcome process, IReadOnlyDictionary<string, string> files)
    {
        Run = run;
        _process = process;
        Files = files;
        Events = [.. process.Stdout.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line))];
    }

    public CodexRun Run { get; }

    public int ExitCode => _process.ExitCode;

    public bool TimedOut => _process.TimedOut;

    public string Stdout => _process.Stdout;

    public string Stderr => _process.Stderr;

    /// <summary>The lines of <c>--json</c> in order.</summary>
    public IReadOnlyList<JsonElement> Events { get; }

    /// <summary>The working directory after the run: text by path.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>Texts of the assistant in order.</summary>
    public IReadOnlyList<string> Messages => [.. Items("agent_message").Select(item => item.GetProperty("text").GetString()!)];

    /// <summary>Errors and warnings as a user sees them, each once, in order: retries, warnings about metadata, the last failure.</summary>
    public IReadOnlyList<string> Complaints =>
    [
        .. Events.Where(one => TypeOf(one) == "error").Concat(Items("error"))
            .Select(one => one.GetProperty("message").GetString()!).Distinct(),
    ];

    /// <summary>The message of <c>turn.failed</c>, or null when no turn failed.</summary>
    public string? Failure => Events
        .Where(one => TypeOf(one) == "turn.failed")
        .Select(one => one.GetProperty("error").GetProperty("message").GetString())
        .FirstOrDefault();

    /// <summary>Completed items of one type: agent_message, reasoning, command_execution, file_change, mcp_tool_call…</summary>
    public IReadOnlyList<JsonElement> Items(string type) =>
    [
        .. Events.Where(one => TypeOf(one) == "item.completed").Select(one => one.GetProperty("item")).Where(item => TypeOf(item) == type),
    ];

    /// <summary>Fails with everything the run wrote unless it ended well.</summary>
    public CodexOutcome ShouldSucceed()
    {
        TimedOut.ShouldBeFalse(Report());
        ExitCode.ShouldBe(0, Report());
        return this;
    }

    /// <summary>Fails with everything the run wrote unless it ended with an error of its own accord.</summary>
    public CodexOutcome ShouldFail()
    {
        TimedOut.ShouldBeFalse(Report());
        ExitCode.ShouldBe(1, Report());
        return this;
    }

    /// <summary>Fails unless the working directory holds exactly this one file.</summary>
    public void ShouldLeaveOneFile(string name, string content)
    {
        Files.Keys.ShouldBe([name], Report());
        Files[name].ShouldBe(content);
    }

    /// <summary>The run in words, for the message of a failed assertion.</summary>
    public string Report() =>
        $"codex {Run.Release.Version} ended with {ExitCode}{(TimedOut ? " (killed at its time limit)" : "")}\n"
        + $"--- stdout\n{Stdout}\n--- stderr\n{Stderr}\n--- files\n{string.Join('\n', Files.Keys)}";

    private static string? TypeOf(JsonElement one) => one.GetProperty("type").GetString();
}
