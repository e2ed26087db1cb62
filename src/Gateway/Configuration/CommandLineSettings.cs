using System.Collections.Immutable;

namespace Codex.Gateway.Configuration;

/// <summary>The flags that override the configuration; null where a flag was not given.</summary>
public sealed record CommandLineSettings
{
    /// <summary>The name of the provider that <c>--upstream</c> makes.</summary>
    public const string UpstreamName = "upstream";

    public string? Urls { get; init; }

    public string? Upstream { get; init; }

    public string? Dialect { get; init; }

    public string? ApiKeyEnv { get; init; }

    public bool Discover { get; init; }

    public string? LogLevel { get; init; }

    public bool LogJson { get; init; }

    internal SettingNode.Section ToSettings()
    {
        var settings = ImmutableArray.CreateBuilder<Setting>();
        Add(settings, nameof(GatewayOptions.Urls), "--urls", Urls);
        if (Upstream is not null)
        {
            var provider = ImmutableArray.CreateBuilder<Setting>();
            Add(provider, nameof(ProviderOptions.BaseUrl), "--upstream", Upstream);
            Add(provider, nameof(ProviderOptions.Dialect), "--dialect", Dialect);
            Add(provider, nameof(ProviderOptions.ApiKeyEnv), "--api-key-env", ApiKeyEnv);
            settings.Add(Section(nameof(GatewayOptions.Providers), "--upstream", [Section(UpstreamName, "--upstream", provider.ToImmutable(), whole: true)]));
            Add(settings, nameof(GatewayOptions.Default), "--upstream", UpstreamName);
        }

        if (Upstream is not null || Discover)
            Add(settings, nameof(GatewayOptions.Discover), "--discover", Discover ? "true" : "false");
        var log = ImmutableArray.CreateBuilder<Setting>();
        Add(log, nameof(LogOptions.Level), "--log-level", LogLevel);
        Add(log, nameof(LogOptions.Json), "--log-json", LogJson ? "true" : null);
        if (log.Count > 0)
            settings.Add(Section(nameof(GatewayOptions.Log), "--log-level", log.ToImmutable()));
        return new SettingNode.Section(new SettingPlace.Flag("the command line"), settings.ToImmutable());
    }

    private static void Add(ImmutableArray<Setting>.Builder settings, string key, string flag, string? value)
    {
        var place = new SettingPlace.Flag(flag);
        if (value is not null)
            settings.Add(new Setting(key, place, new SettingNode.Scalar(place, ScalarKind.Untyped, value)));
    }

    private static Setting Section(string key, string flag, ImmutableArray<Setting> settings, bool whole = false)
    {
        var place = new SettingPlace.Flag(flag);
        return new Setting(key, place, new SettingNode.Section(place, settings, whole));
    }
}
