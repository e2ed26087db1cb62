using Codex.Gateway.Demo;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Providers;

/// <summary>The demo backend of the program itself; its models are known without asking.</summary>
public static class EmbeddedProvider
{
    public const string Name = "demo";

    private static readonly ProviderView View = new(
        new Provider(Name, ProviderOrigin.Embedded, DialectRegistry.Find(Name) ?? DialectRegistry.Generic, [new Uri(DemoHandler.BaseUrl)])
        {
            Key = new KeySource.NoKey(),
        },
        [new ProviderModel(DemoModel.Name) { ContextWindow = DemoModel.ContextLength, CallsTools = true, Note = "A script inside the gateway, not a language model." }],
        AskedAt: null,
        Problem: null);

    /// <summary>Adds it at the end, unless a provider of the same name stands there.</summary>
    public static ProviderSnapshot AddTo(ProviderSnapshot snapshot) =>
        snapshot.Find(Name) is null ? snapshot with { Providers = snapshot.Providers.Add(View) } : snapshot;
}
