using System.CommandLine;
using System.Text.Json.Nodes;
using Codex.Gateway.Configuration;
using Codex.Gateway.Keys;

namespace Codex.Gateway.CommandLine;

/// <summary>Makes a key, prints it this once, and writes its hash into the configuration.</summary>
internal static class KeysAddCommand
{
    public static Command Create(GatewayFlags flags)
    {
        var name = KeysCommand.NameArgument();
        var models = new Option<string[]>("--model") { Description = "Only this model may be used, by the name clients write; * at the end stands for any ending. May be repeated.", HelpName = "model" };
        var requests = Limit("--requests-per-minute", "Most requests in any 60 seconds.");
        var tokens = Limit("--tokens-per-minute", "Most tokens in any 60 seconds, prompt and answer together.");
        var streams = Limit("--concurrent", "Most requests at the same time.");
        var day = Limit("--tokens-per-day", "Budget of a day (UTC) in tokens.");
        var month = Limit("--tokens-per-month", "Budget of a calendar month (UTC) in tokens.");
        var admin = new Option<bool>("--admin") { Description = "The key also opens /admin from other machines." };
        var command = new Command("add", "Make a key, print it this once, and write its hash into the configuration.")
        {
            name, models, requests, tokens, streams, day, month, admin,
        };
        flags.AddConfigTo(command);
        command.Validators.Add(result =>
        {
            foreach (var option in (Option<long?>[])[requests, tokens, streams, day, month])
            {
                if (result.GetResult(option)?.Errors.Any() == false && result.GetValue(option) < 1)
                    result.AddError($"{option.Name} must be 1 or more.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var entry = new JsonObject();
            var key = NewKey.Create();
            entry[nameof(KeyOptions.Hash)] = KeyHash.Of(key).ToString();
            if (parsed.GetValue(models) is { Length: > 0 } names)
                entry[nameof(KeyOptions.Models)] = new JsonArray([.. names.Select(n => (JsonNode)n)]);
            foreach (var (option, written) in new[]
            {
                (requests, nameof(KeyOptions.RequestsPerMinute)),
                (tokens, nameof(KeyOptions.TokensPerMinute)),
                (streams, nameof(KeyOptions.ConcurrentStreams)),
                (day, nameof(KeyOptions.TokensPerDay)),
                (month, nameof(KeyOptions.TokensPerMonth)),
            })
            {
                if (parsed.GetValue(option) is { } limit)
                    entry[written] = limit;
            }

            if (parsed.GetValue(admin))
                entry[nameof(KeyOptions.Admin)] = true;
            return await AddAsync(parsed, KeysCommand.FileOf(flags, parsed), parsed.GetValue(name)!, key, entry, cancellation);
        });
        return command;
    }

    private static async Task<int> AddAsync(ParseResult parsed, string path, string name, string key, JsonObject entry, CancellationToken cancellation)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var refusal = KeyResolver.NameProblem(name) is { } reason
            ? $"the name {reason}"
            : await ConfigurationFileWriter.ChangeAsync(path, file => KeyFileEdit.Add(file, path, name, entry), TimeProvider.System, cancellation);
        if (refusal is not null)
        {
            await error.WriteLineAsync($"codex-gateway: {refusal}");
            return ExitCodes.Refused;
        }

        // Alone on standard output, so that a script can take it from there.
        await output.WriteLineAsync(key);
        await error.WriteLineAsync($"Key '{name}' is in {path}, as a hash only: this is the one time it is shown. A running gateway takes it over within seconds.");
        return ExitCodes.Done;
    }

    private static Option<long?> Limit(string name, string description) => new(name) { Description = description, HelpName = "number" };
}
