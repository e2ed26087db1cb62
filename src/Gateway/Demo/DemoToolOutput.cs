using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Codex.Gateway.Demo;

internal enum DemoToolOutcome
{
    /// <summary>The output does not say.</summary>
    Unknown,
    Succeeded,
    Failed,

    /// <summary>The command goes on in the background.</summary>
    Running,
}

/// <summary>What a tool's output says: the forms in which Codex reports a command, or plain text.</summary>
internal sealed partial record DemoToolOutput(DemoToolOutcome Outcome, int? ExitCode, string Text)
{
    public static DemoToolOutput Read(string output)
    {
        var code = default(int?);
        var running = false;
        var text = FromJson(output, ref code) ?? output;

        // A patch inside a command is reported in two headers, one in the other.
        while (Header().Match(text) is { Success: true } header)
        {
            if (ExitLine().Match(header.Value) is { Success: true } exit
                && int.TryParse(exit.Groups["code"].Value, CultureInfo.InvariantCulture, out var number))
                code = number;
            running |= header.Value.Contains("running with session", StringComparison.OrdinalIgnoreCase);
            text = text[header.Length..];
            // 0.131 puts the oldest form behind a header.
            text = FromJson(text, ref code) ?? text;
        }

        return new DemoToolOutput(Judge(code, running, text), code, text);
    }

    private static DemoToolOutcome Judge(int? code, bool running, string text) => code switch
    {
        0 => DemoToolOutcome.Succeeded,
        not null => DemoToolOutcome.Failed,
        null when running => DemoToolOutcome.Running,
        null when Failure().IsMatch(text) => DemoToolOutcome.Failed,
        null => DemoToolOutcome.Unknown,
    };

    /// <summary>The oldest form: <c>{"output":"…","metadata":{"exit_code":0}}</c>.</summary>
    private static string? FromJson(string output, ref int? code)
    {
        if (!output.StartsWith('{'))
            return null;
        try
        {
            using var document = JsonDocument.Parse(output);
            if (!document.RootElement.TryGetProperty("output", out var text) || text.ValueKind != JsonValueKind.String)
                return null;
            if (document.RootElement.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                && metadata.TryGetProperty("exit_code", out var exit) && exit.TryGetInt32(out var number))
                code = number;
            return text.GetString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"\A(?:(?:Chunk ID|Wall time|Exit code|Original token count|Total output lines|Process exited|Process running)\b[^\n]*\n)+Output:(?:\n|\z)",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();

    [GeneratedRegex(@"^(?:Exit code:|Process exited with code) (?<code>-?\d+)", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExitLine();

    [GeneratedRegex(
        @"\A\s*(?:error\b|unsupported |failed to |apply_patch verification failed|patch rejected|exec_command failed|write_stdin failed|aborted by user|execution error|approval policy is )",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Failure();
}
