using System.CommandLine;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Output;
using Codex.ConfigTool.Presets;
using Codex.ConfigTool.Providers;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Asks a provider for its models.</summary>
internal static class ModelsCommand
{
    private const string Name = "models";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var id = new Argument<string?>("id") { Description = "The provider. Default: the one Codex starts with.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(Name, "Ask a provider which models it serves (GET <base_url>/models).") { id };
        command.SetAction(async (parsed, cancellation) =>
        {
            var invocation = invoke(parsed);
            var (provider, _, refusal) = ShowCommand.Find(invocation, parsed.GetValue(id));
            if (provider is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            var url = provider.BaseUrl ?? PresetRegistry.All.FirstOrDefault(p => p.BuiltInId == provider.Id)?.BaseUrl;
            if (url is null || BaseUrl.Fault(url) is not null)
                return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.InvalidConfiguration, $"provider '{provider.Id}' has no base_url that can be asked"));
            var key = provider.KeyVariable is { } variable ? invocation.Environment.Variable(variable) : null;
            var listing = await ModelList.AskAsync(url, key, cancellation);
            if (listing is ModelListing.Failed failed)
                return ChangeCommand.Refuse(invocation, Name, new(ExitCodes.Unexpected, failed.Reason));

            var models = (ModelListing.Models)listing;
            if (invocation.Style.Json)
                await invocation.Terminal.Output.WriteLineAsync(Json(provider.Id, models));
            else
                await invocation.Terminal.Output.WriteLineAsync(string.Join('\n', models.Names.Select(Printable.Line)));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Json(string provider, ModelListing.Models models) => ReportJson.Object(Name, json =>
    {
        json.WriteString("provider", provider);
        json.WriteStartArray("models");
        foreach (var name in models.Names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    });
}
