using System.Collections.Immutable;
using Codex.Gateway.Dialects;
using Codex.Gateway.Hosting;
using Codex.Gateway.Logging;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Configuration;

/// <summary>Checks what single values cannot tell: addresses, keys, names that refer to each other.</summary>
internal sealed class ConfigurationResolver(ProblemList problems, IReadOnlyDictionary<string, string> variables)
{
    /// <summary>Backends that have a place on this machine where they can be looked for.</summary>
    public static ImmutableArray<string> Discoverable { get; } = [.. BackendRegistry.All.Where(b => b.WellKnownPort is not null).Select(b => b.Name)];

    public Configured Resolve(GatewayOptions options)
    {
        var providers = ResolveProviders(options.Providers, hasKeys: !options.Keys.IsEmpty);
        var discovery = ResolveDiscovery(options.Discover);
        var listen = new ListenResolver(problems, variables);
        var known = KnownProviders(options.Providers.Keys, discovery);
        var usual = new GatewaySettings();
        return new Configured(
            providers,
            ResolveDefault(options.Default, known),
            ResolveModels(options.Models, known),
            discovery,
            new GatewaySettings
            {
                Urls = listen.ResolveUrls(options),
                Tls = listen.ResolveTls(options.Tls),
                Hosts = options.Hosts,
                TrustedProxies = listen.ResolveProxies(options.TrustedProxies),
                MaxBodyBytes = options.MaxBodyBytes,
                KeepAlive = options.KeepAlive ?? usual.KeepAlive,
                DrainTime = options.DrainTime ?? usual.DrainTime,
                Log = new LogSettings(options.Log.Level, options.Log.Json)
                {
                    File = options.Log.File is { } file ? new LogFile(Path.GetFullPath(file), options.Log.FileMaxBytes, options.Log.FilesKept) : null,
                },
                Explain = options.Explain,
            })
        {
            Keys = new KeyResolver(problems).Resolve(options.Keys),
            Warm = [.. options.Warm.Distinct(StringComparer.Ordinal)],
        };
    }

    private ImmutableArray<Provider> ResolveProviders(ImmutableDictionary<string, ProviderOptions> options, bool hasKeys)
    {
        var path = KeyPath.Root.Child(nameof(GatewayOptions.Providers));
        var resolver = new ProviderResolver(problems, variables, hasKeys);
        foreach (var name in options.Keys.Order(StringComparer.Ordinal))
        {
            if (ProviderNameProblem(name) is { } reason)
                problems.Add(path.Child(name), reason);
        }

        return
        [
            .. options
                .OrderBy(o => problems.PlaceOf(path.Child(o.Key)) is SettingPlace.Flag)
                .ThenBy(o => o.Key, StringComparer.OrdinalIgnoreCase)
                .Select(o => resolver.Resolve(o.Key, o.Value, path.Child(o.Key)))
                .OfType<Provider>(),
        ];
    }

    private static string? ProviderNameProblem(string name)
    {
        if (name.Equals(EmbeddedProvider.Name, StringComparison.OrdinalIgnoreCase))
            return "is the name of the embedded demo backend; choose another";
        return name.Length > 0 && name[0] != '/' && name[^1] != '/' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
            ? null
            : "is no name for a provider: letters, digits, '-', '_', '.', and '/' inside";
    }

    private DiscoverySetting ResolveDiscovery(DiscoverySetting? discovery)
    {
        if (discovery is DiscoverySetting.Only only)
        {
            var path = KeyPath.Root.Child(nameof(GatewayOptions.Discover));
            for (var i = 0; i < only.Names.Length; i++)
            {
                if (!Discoverable.Contains(only.Names[i], StringComparer.OrdinalIgnoreCase))
                    problems.Add(path.Item(i), $"names no backend that can be looked for; {Advice.About(only.Names[i], Discoverable)}");
            }
        }

        return discovery ?? new DiscoverySetting.All();
    }

    private static ImmutableArray<string> KnownProviders(IEnumerable<string> written, DiscoverySetting discovery) =>
    [
        .. written,
        .. Discoverable.Where(discovery.LooksFor),
        EmbeddedProvider.Name,
    ];

    private string? ResolveDefault(string? wanted, ImmutableArray<string> known)
    {
        if (wanted is null)
            return null;
        if (known.FirstOrDefault(k => k.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is { } name)
            return name;
        problems.Add(KeyPath.Root.Child(nameof(GatewayOptions.Default)), $"names the provider \"{wanted}\", which does not exist; {Advice.About(wanted, known)}");
        return null;
    }

    private ImmutableDictionary<string, ModelSettings> ResolveModels(ImmutableDictionary<string, ModelOptions> options, ImmutableArray<string> known)
    {
        var path = KeyPath.Root.Child(nameof(GatewayOptions.Models));
        foreach (var (alias, model) in options.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            if (model.Target is not { } target)
                continue;
            var key = path.Child(alias).Child(nameof(ModelOptions.Target));
            var name = target.Split('/')[0];
            if (!target.Contains('/') || target.EndsWith('/'))
                problems.Add(key, "must be written as provider/model");
            else if (!known.Any(k => target.StartsWith(k + "/", StringComparison.OrdinalIgnoreCase)))
                problems.Add(key, $"names the provider \"{name}\", which does not exist; {Advice.About(name, known)}");
        }

        return options.ToImmutableDictionary(o => o.Key, o => new ModelSettings(o.Value.Target)
        {
            ContextWindow = o.Value.ContextWindow,
            MaxOutputTokens = o.Value.MaxOutputTokens,
            TakesImages = o.Value.Images,
            DisplayName = o.Value.DisplayName,
            Temperature = o.Value.Temperature,
            TopP = o.Value.TopP,
            ReasoningEffort = o.Value.ReasoningEffort,
        }, StringComparer.Ordinal);
    }
}
