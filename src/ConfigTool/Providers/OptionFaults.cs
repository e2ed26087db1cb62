using System.Collections.Immutable;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Presets;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Providers;

/// <summary>Checks the options by themselves.</summary>
internal static class OptionFaults
{
    /// <returns>What is wrong first, or null. Repeats nothing that may be a secret.</returns>
    public static string? Find(Preset preset, AddProviderOptions options)
    {
        if (options.Id is { } id && ProviderId.Fault(id) is { } idFault)
            return $"--id: {idFault}";
        if (options.BaseUrl is { } url && BaseUrl.Fault(url) is { } urlFault)
            return $"--base-url: {urlFault}";
        if (options.GatewayUrl is { } gateway && BaseUrl.Fault(gateway) is { } gatewayFault)
            return $"--gateway-url: {gatewayFault}";
        if (options.EnvKey is { } variable && KeyVariable.Fault(variable) is { } variableFault)
            return variableFault;
        if ((options.EnvKey is null ? 0 : 1) + (options.NoAuth ? 1 : 0) + (options.AuthCommand.Length > 0 ? 1 : 0) > 1)
            return "only one of --env-key, --no-auth and --auth-command can be given";
        if (options.AuthCommand is [var program, ..] && program.Trim().Length == 0)
            return "--auth-command takes a program that prints a key";
        if (options.AuthCommand.Any(KeyVariable.LooksLikeKey))
            return "--auth-command takes a program that prints a key, and this looks like a key itself; if it is one, take it out of your shell's history";
        if (options is { ContextWindow: not null, NoContextWindow: true })
            return "only one of --context-window and --no-context-window can be given";
        if (options.Name?.Trim() is "" || options.Effort?.Trim() is "")
            return "--name and --effort may not be empty";
        if (options is { HasCodexCatalogue: true, ViaGateway: false, BaseUrl: null, Id: null } && preset.BuiltInId is not null)
            return $"{preset.Name} is built into Codex and has no table for --catalog-url";
        if (options.GatewayUrl is not null && !options.ViaGateway)
            return "--gateway-url belongs to --via-gateway";
        if (options.ViaGateway && preset.GatewayDialect is null)
            return $"{preset.Name} is the gateway itself; leave --via-gateway away";
        if (options.ViaGateway && options.AuthCommand.Length > 0)
            return "the gateway takes keys from environment variables: --env-key instead of --auth-command";
        return options.Set.Select(SettingArgument.Fault).FirstOrDefault(f => f is not null) ?? Clash([.. options.Set.Select(SettingArgument.Read)]);
    }

    /// <summary>A value and something below it cannot both be.</summary>
    private static string? Clash(ImmutableArray<ProviderKey> settings) => settings
        .Where(s => s.Value is not TomlValue.Table)
        .SelectMany(s => settings.Where(other => s.Path.Length < other.Path.Length && other.Path.StartsWith(s.Path)).Select(other => $"--set {s.Path} and --set {other.Path} cannot both be"))
        .FirstOrDefault();
}
