using System.CommandLine;
using System.Text.Json;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Listing;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.ConfigTool.CommandLine;

/// <summary>Shows one provider with the lines it stands on.</summary>
internal static class ShowCommand
{
    public const string Name = "show";

    public static Command Create(Func<ParseResult, Invocation> invoke)
    {
        var id = new Argument<string?>("id") { Description = "The provider. Default: the one Codex starts with.", Arity = ArgumentArity.ZeroOrOne };
        var effective = new Option<bool>("--effective") { Description = "All values with which Codex would run, each with the file and line it comes from; with an id, that provider's." };
        var folder = new Option<string?>("--cwd") { Description = "With --effective: where Codex would be started. Default: here.", HelpName = "dir" }.NotEmpty();
        var profile = ProfileFlag.Create("With --effective: as codex -p NAME would run.");
        var command = new Command(Name, "Show a provider's settings, secrets masked.") { id, effective, folder, profile };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(effective) && (result.GetValue(folder) is not null || result.GetValue(profile) is not null))
                result.AddError("--cwd and --profile belong to --effective.");
        });
        command.SetAction(parsed =>
        {
            var invocation = invoke(parsed);
            if (parsed.GetValue(effective))
                return EffectiveShow.Run(invocation, parsed.GetValue(id), Path.GetFullPath(parsed.GetValue(folder) ?? ".", invocation.Environment.CurrentDirectory), parsed.GetValue(profile));
            var (provider, config, refusal) = Find(invocation, parsed.GetValue(id));
            if (provider is null)
                return ChangeCommand.Refuse(invocation, Name, refusal!);
            if (invocation.Style.Json)
                invocation.Terminal.Output.WriteLine(Json(provider, config!));
            else if (!invocation.Style.Quiet)
                Print(invocation, provider, config!);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>The provider that is named, or the default one.</summary>
    internal static (ProviderView? Provider, ReadConfig? Config, Refusal? Refusal) Find(Invocation invocation, string? id)
    {
        var (config, refusal) = invocation.Read();
        if (config is null)
            return (null, null, refusal);
        var all = ProviderView.All(config);
        return all.FirstOrDefault(p => id is null ? p.IsDefault : p.Id == id) is { } found
            ? (found, config, null)
            : (null, null, new(ExitCodes.Usage, id is null ? $"{config.File.Name} names a default provider that is not there" : $"{config.File.Name} has no provider '{id}'", "codex-config list shows those it has"));
    }

    internal static void WriteFields(Utf8JsonWriter json, ProviderView provider)
    {
        json.WriteString("id", provider.Id);
        json.WriteBoolean("default", provider.IsDefault);
        json.WriteBoolean("builtIn", provider.IsBuiltIn);
        json.WriteString("baseUrl", provider.BaseUrl);
        json.WriteString("auth", provider.Auth);
        if (provider.Line is { } line)
            json.WriteNumber("line", line);
        else
            json.WriteNull("line");
    }

    private static void Print(Invocation invocation, ProviderView provider, ReadConfig config)
    {
        var output = invocation.Terminal.Output;
        output.WriteLine(provider.IsBuiltIn ? $"{provider.Id}: built into Codex" : $"{provider.Id}: {invocation.Shown(config.File.Path)}, line {provider.Line}");
        foreach (var line in Root(config, provider).Concat(provider.Settings).Select(s => $"  {s.Key} = {s.Value}"))
            output.WriteLine(line);
    }

    private static IEnumerable<ProviderSetting> Root(ReadConfig config, ProviderView provider) => provider.IsDefault
        ? ConfigKeys.RootOrder.Select(k => (Key: k, Node: config.Document.Find(TomlPath.Of(k)))).Where(k => k.Node is not null)
            .Select(k => new ProviderSetting(k.Key, Printable.Line(ValueWriter.Write(k.Node!.ToValue())), MergePlanner.PositionOf(config.Document, k.Node).Line))
        : [];

    private static string Json(ProviderView provider, ReadConfig config) => ReportJson.Object(Name, json =>
    {
        json.WriteString("file", config.File.Path);
        WriteFields(json, provider);
        foreach (var (name, settings) in (ReadOnlySpan<(string, IEnumerable<ProviderSetting>)>)[("root", Root(config, provider)), ("settings", provider.Settings)])
        {
            json.WriteStartArray(name);
            foreach (var setting in settings)
            {
                json.WriteStartObject();
                json.WriteString("key", setting.Key);
                json.WriteString("value", setting.Value);
                json.WriteNumber("line", setting.Line);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    });
}
