using System.Collections.Immutable;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;

namespace Codex.ConfigTool.Providers;

/// <summary>What a preset and the user's options come to.</summary>
public abstract record ProviderChoice
{
    private ProviderChoice()
    {
    }

    /// <param name="Desired">What the configuration shall say.</param>
    /// <param name="Notices">What the user should know.</param>
    /// <param name="KeyVariable">The variable that must hold a key when Codex runs, or null.</param>
    /// <param name="GatewayEntry">The provider's entry for the gateway's own configuration, or null.</param>
    public sealed record Made(DesiredProvider Desired, ImmutableArray<Notice> Notices, string? KeyVariable, GatewayEntry? GatewayEntry) : ProviderChoice;

    public sealed record Refused(Refusal Refusal) : ProviderChoice;

    /// <summary>No model was named, and the server at this address has to be asked for one.</summary>
    public sealed record AskForModel(string BaseUrl, string? KeyVariable) : ProviderChoice;

    public static ProviderChoice Of(Preset preset, AddProviderOptions options)
    {
        if (OptionFaults.Find(preset, options) is { } fault)
            return new Refused(new(ExitCodes.Usage, fault));
        // A name that is taken, like a table of that name in the file.
        if (options.Id is { } id && ReservedIds.Contains(id))
            return new Refused(new(ExitCodes.Conflict, $"--id: '{id}' belongs to Codex itself, which does not start with a table of that name", "choose another one with --id"));
        if (options.ViaGateway)
            return ViaGateway(preset, options);
        if (preset.BuiltInId is { } builtIn && options.BaseUrl is null && options.Id is null)
            return BuiltIn(preset, builtIn, options);
        if (preset.Responses is ResponsesSupport.Missing missing && options.BaseUrl is null)
        {
            return new Refused(new(ExitCodes.Usage, $"Codex cannot use {preset.Name} directly: {missing.Reason}",
                $"codex-config add-provider {preset.Name} --via-gateway --model {options.Model ?? "MODEL"}, or --base-url of a server that translates"));
        }

        return Direct(preset, options);
    }

    private static ProviderChoice Direct(Preset preset, AddProviderOptions options)
    {
        var id = options.Id ?? preset.Id;
        var url = options.BaseUrl ?? preset.BaseUrl;
        if (id is null || url is null)
            return new Refused(new(ExitCodes.Usage, $"{preset.Name} needs --id, --base-url and --model"));
        var variable = options.NoAuth || options.AuthCommand.Length > 0 ? null : options.EnvKey ?? (preset.IsKeyOptional ? null : preset.KeyVariable);
        var model = options.Model ?? preset.DefaultModel;
        if (model is null && !options.NoDefault && !preset.IsModelOptional)
        {
            return preset.AsksServerForModel
                ? new AskForModel(url, variable)
                : new Refused(new(ExitCodes.Usage, $"{preset.Name} has no default model; name one with --model"));
        }

        var table = TableKeys.Of(id, url, variable, preset, options);
        return new Made(new(id, table, RootKeys.Of(id, model, preset, options), RootKeys.Settings(options)) { HasNoKey = options.NoAuth }, [.. ChoiceNotices.Of(preset, options, url, model)], variable, null);
    }

    private static ProviderChoice BuiltIn(Preset preset, string builtIn, AddProviderOptions options)
    {
        if (options.Model is null)
            return new Refused(new(ExitCodes.Usage, $"{preset.Name} has no default model; name one with --model"));
        if (options.NoDefault)
            return new Refused(new(ExitCodes.Usage, $"{preset.Name} is built into Codex and has no table; without --no-default it becomes the default"));
        var desired = new DesiredProvider(builtIn, [], RootKeys.Of(builtIn, options.Model, preset, options), RootKeys.Settings(options));
        return new Made(desired, [.. ChoiceNotices.Of(preset, options, preset.BaseUrl!, options.Model)], null, null);
    }

    private static ProviderChoice ViaGateway(Preset preset, AddProviderOptions options)
    {
        var name = options.Id ?? preset.Name;
        var id = options.Id ?? (ReservedIds.Contains(preset.Name) ? $"{preset.Name}-gateway" : preset.Id);
        var vendorUrl = options.BaseUrl ?? preset.BaseUrl;
        var model = options.Model ?? preset.DefaultModel;
        if (id is null || vendorUrl is null)
            return new Refused(new(ExitCodes.Usage, $"{preset.Name} needs --id, --base-url and --model"));
        if (model is null && !options.NoDefault)
            return new Refused(new(ExitCodes.Usage, $"{preset.Name} has no default model; name one with --model"));

        var gateway = PresetRegistry.Gateway;
        var url = options.GatewayUrl ?? gateway.BaseUrl!;
        var entry = new GatewayEntry(name, vendorUrl, preset.GatewayDialect!, options.NoAuth || preset.IsKeyOptional ? options.EnvKey : options.EnvKey ?? preset.KeyVariable);
        // The longer name works whatever else the gateway serves.
        var asked = model is null ? null : $"{name}/{model}";
        var root = RootKeys.Of(id, asked, preset, options, windowOf: model);
        // The vendor's key is the gateway's business.
        var table = TableKeys.Of(id, url, null, gateway, options with { AuthCommand = [] });
        return new Made(new(id, table, root, RootKeys.Settings(options)), [.. ChoiceNotices.OfGateway(url)], null, entry);
    }
}
