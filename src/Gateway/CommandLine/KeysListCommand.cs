using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Codex.Gateway.Configuration;

namespace Codex.Gateway.CommandLine;

/// <summary>Shows which keys there are and what each may do.</summary>
internal static class KeysListCommand
{
    public static Command Create(GatewayFlags flags)
    {
        var command = new Command("list", "Show the keys by name, with what each may do.");
        flags.AddConfigTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var path = KeysCommand.FileOf(flags, parsed);
            var file = await new ConfigurationSource(path, [], new CommandLineSettings()).ReadFileAsync(path, cancellation);
            if (file is ConfigurationFileRead.Unreadable && !File.Exists(path))
            {
                await output.WriteLineAsync($"No keys: there is no {path}. Clients need none.");
                return ExitCodes.Done;
            }

            var read = file is ConfigurationFileRead.Content content ? Read(content.Bytes.AsSpan(), path) : new KeysRead([], ((ConfigurationFileRead.Unreadable)file).Reason);
            if (read.Problem is { } problem)
            {
                await error.WriteLineAsync($"codex-gateway: {problem}");
                return ExitCodes.Refused;
            }

            if (read.Keys.IsEmpty)
                await output.WriteLineAsync($"No keys in {path}. Clients need none.");
            else
                WriteTable(output, read);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Only what is about keys: the rest of the file may need variables that are not set here.</summary>
    internal static KeysRead Read(ReadOnlySpan<byte> file, string path)
    {
        switch (JsonSettings.Read(file, path))
        {
            case JsonSettingsRead.Malformed malformed:
                return new KeysRead([], malformed.Problem.ToString());
            case JsonSettingsRead.Good { Root: var root }:
                var problems = new ProblemList(root);
                var keys = new OptionsReader(problems).Read(root).Keys;
                var wrong = problems.All.FirstOrDefault(p => p.Key.Names is [var first, ..] && first.Equals(nameof(GatewayOptions.Keys), StringComparison.OrdinalIgnoreCase));
                return new KeysRead([.. keys.OrderBy(k => k.Key, StringComparer.OrdinalIgnoreCase)], wrong?.ToString());
            case var other:
                throw new NotSupportedException(other.GetType().Name);
        }
    }

    private static void WriteTable(TextWriter output, KeysRead read)
    {
        string[] header = ["key", "models", "requests/min", "tokens/min", "at once", "tokens/day", "tokens/month", "admin"];
        var rows = read.Keys.Select(k => Row(k.Key, k.Value)).ToList();
        PlainTable.Write(output, header, rows);
    }

    private static string[] Row(string name, KeyOptions key) =>
    [
        name,
        key.Models.IsEmpty ? "all" : string.Join(", ", key.Models),
        Limit(key.RequestsPerMinute),
        Limit(key.TokensPerMinute),
        Limit(key.ConcurrentStreams),
        Limit(key.TokensPerDay),
        Limit(key.TokensPerMonth),
        key.Admin ? "yes" : "-",
    ];

    private static string Limit(long? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "-";
}

/// <param name="Problem">Why they cannot be read, or null.</param>
internal sealed record KeysRead(ImmutableArray<KeyValuePair<string, KeyOptions>> Keys, string? Problem);
