using Codex.Gateway.Providers;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Providers;

/// <summary>Short forms for the snapshots of tests.</summary>
internal static class Snapshots
{
    public static ProviderSnapshot Of(params ProviderView[] providers) => ProviderSnapshot.Empty with { Providers = [.. providers] };

    public static ProviderView Configured(string name, params string[] models) => View(name, ProviderOrigin.Configured, models);

    public static ProviderView Discovered(string name, params string[] models) => View(name, ProviderOrigin.Discovered, models);

    public static ProviderView Embedded() => View("demo", ProviderOrigin.Embedded, "demo");

    public static ProviderView With(this ProviderView view, Func<Provider, Provider> change) => view with { Provider = change(view.Provider) };

    public static ProviderSnapshot WithModel(this ProviderSnapshot snapshot, string alias, ModelSettings settings) =>
        snapshot with { Models = snapshot.Models.Add(alias, settings) };

    private static ProviderView View(string name, ProviderOrigin origin, params string[] models) => new(
        new Provider(name, origin, DialectRegistry.Generic, [new Uri($"http://{name.Replace('/', '.')}.invalid/v1")]),
        [.. models.Select(m => new ProviderModel(m))],
        AskedAt: null,
        Problem: null);
}
