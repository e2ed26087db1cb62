using System.CommandLine;
using System.Globalization;
using Codex.ConfigTool.Chats;
using Codex.ConfigTool.Listing;
using Codex.ConfigTool.Output;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Shows the providers Codex can use.</summary>
internal static class ListCommand
{
    private const string Name = "list";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var command = new Command(Name, "List the providers of Codex and of your configuration.");
        command.SetAction(parsed =>
        {
            var invocation = invoke(parsed);
            var (config, refusal) = invocation.Read();
            if (config is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            var chats = ChatCount.Of(invocation.Environment, config.Place.Home);
            if (invocation.Style.Json)
                invocation.Terminal.Output.WriteLine(Json(config, chats));
            else if (!invocation.Style.Quiet)
                Print(invocation, config, chats);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(Invocation invocation, ReadConfig config, IReadOnlyDictionary<string, int> chats)
    {
        var rows = ProviderView.All(config).Select(p => new[]
        {
            p.IsDefault ? "*" : "",
            p.Id,
            p.BaseUrl ?? "",
            p.Auth,
            p.Line is { } line ? $"line {line}" : "Codex",
            chats.GetValueOrDefault(p.Id).ToString(CultureInfo.InvariantCulture),
        });
        foreach (var line in PlainTable.Lines(["", "provider", "address", "key", "defined", "chats"], rows))
            invocation.Terminal.Output.WriteLine(line);
    }

    private static string Json(ReadConfig config, IReadOnlyDictionary<string, int> chats) => ReportJson.Object(Name, json =>
    {
        json.WriteString("file", config.File.Path);
        json.WriteStartArray("providers");
        foreach (var provider in ProviderView.All(config))
        {
            json.WriteStartObject();
            ShowCommand.WriteFields(json, provider);
            json.WriteNumber("chats", chats.GetValueOrDefault(provider.Id));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
