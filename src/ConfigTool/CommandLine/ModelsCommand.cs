using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Spectre.Console;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Lists what a provider's server says it serves.</summary>
internal static class ModelsCommand
{
    private const string Name = "models";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var id = new Argument<string?>("id") { Description = "The provider. Default: the one in the file.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(Name, "List the models of a provider's server.") { id };
        command.SetAction((parsed, cancellation) => RunAsync(invoke(parsed), parsed.GetValue(id), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string? id, CancellationToken cancellation)
    {
        var (config, refusal) = invocation.Read();
        if (config is null)
            return ChangeCommand.Refuse(invocation, Name, refusal!);
        var endpoint = ProviderEndpoint.Find(config.Document, id);
        if (Unusable(endpoint) is { } unusable)
            return ChangeCommand.Refuse(invocation, Name, unusable);
        var preparation = await new CallPreparer(invocation.Environment, config.Place.Home).PrepareAsync(endpoint, cancellation);
        if (preparation is CallPreparation.Impossible impossible)
            return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.Usage, impossible.Reason, impossible.Hint));
        var call = ((CallPreparation.Ready)preparation).Call;
        var listing = await ModelList.AskAsync(call, cancellation);
        if (listing is ModelListing.Failed failed)
        {
            var left = failed.Status is 401 or 403 && call.Untried is { } untried ? $"; not sent was {untried}" : "";
            return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.Unexpected, Printable.Line(failed.Reason) + left, $"codex-config doctor {endpoint.Id} --network looks for the cause"));
        }

        var current = ProviderEndpoint.Find(config.Document, null).Id == endpoint.Id
            ? ProviderEndpoint.TextAt(config.Document.Find(TomlPath.Of(ConfigKeys.Model)))
            : null;
        ImmutableArray<Row> rows = [.. ((ModelListing.Models)listing).Names
            .Select(n => new Row(n, endpoint.Preset?.WindowOf(n), n == current))
            .OrderBy(r => r.Model, StringComparer.Ordinal)];
        Print(invocation, endpoint, rows);
        return ExitCodes.Done;
    }

    private static Refusal? Unusable(ProviderEndpoint endpoint)
    {
        if (endpoint.BaseUrl is not { } url)
        {
            return endpoint.Id == ProviderEndpoint.CodexDefault
                ? new(ExitCodes.Usage, "Codex chooses the models of 'openai' itself; there is no server to ask", "name another provider: codex-config models ID")
                : new(ExitCodes.Usage, $"no provider '{Printable.Line(endpoint.Id)}' with a {ConfigKeys.BaseUrl} is in the file", "codex-config list shows the providers");
        }

        if (BaseUrl.Fault(url) is { } fault)
            return new(ExitCodes.InvalidConfiguration, $"{ConfigKeys.BaseUrl} of '{endpoint.Id}': {fault}");
        return endpoint.KeyVariable is { } variable && KeyVariable.Fault(variable) is not null
            ? new(ExitCodes.InvalidConfiguration, $"{ConfigKeys.EnvKey} of '{endpoint.Id}' must be the name of an environment variable", $"codex-config doctor {endpoint.Id}")
            : null;
    }

    private static void Print(Invocation invocation, ProviderEndpoint endpoint, ImmutableArray<Row> rows)
    {
        if (invocation.Style.Json)
        {
            invocation.Terminal.Output.WriteLine(ReportJson.Object(Name, json =>
            {
                json.WriteString("status", "done");
                json.WriteNumber("exitCode", ExitCodes.Done);
                json.WriteString("provider", endpoint.Id);
                json.WriteString("baseUrl", endpoint.BaseUrl);
                json.WriteStartArray("models");
                foreach (var row in rows)
                {
                    json.WriteStartObject();
                    json.WriteString("id", row.Model);
                    if (row.ContextWindow is { } window)
                        json.WriteNumber("contextWindow", window);
                    json.WriteBoolean("isDefault", row.IsDefault);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }));
            return;
        }

        if (invocation.Style.Quiet)
            return;
        var width = rows.Max(r => r.Model.Length);
        foreach (var row in rows)
        {
            var window = row.ContextWindow is { } tokens ? string.Create(CultureInfo.InvariantCulture, $"{tokens,9} tokens") : "";
            var line = $"{(row.IsDefault ? '*' : ' ')} {Printable.Line(row.Model).PadRight(width)}  {window}".TrimEnd();
            invocation.Terminal.WriteLine(line, row.IsDefault ? Color.Green : Color.Default, invocation.Style.Color);
        }
    }

    private sealed record Row(string Model, long? ContextWindow, bool IsDefault);
}
