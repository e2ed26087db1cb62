using System.Collections.Immutable;
using Codex.Gateway.Dialects;

namespace Codex.Gateway.Providers;

/// <summary>Where backends are looked for, and which.</summary>
/// <param name="Places">Base addresses, with <c>/v1</c>.</param>
/// <param name="LooksFor">Whether a backend of this dialect counts.</param>
public sealed record DiscoveryPlan(ImmutableArray<Uri> Places, Func<string, bool> LooksFor)
{
    public static readonly DiscoveryPlan None = new([], _ => false);

    /// <summary>The well-known ports of this machine, of those backends that are looked for.</summary>
    public static DiscoveryPlan WellKnown(Func<string, bool> looksFor) =>
        At([.. BackendRegistry.All.Where(b => looksFor(b.Name)).Select(b => b.WellKnownPort).OfType<int>().Distinct()], looksFor);

    public static DiscoveryPlan At(ImmutableArray<int> ports, Func<string, bool> looksFor) =>
        new([.. ports.Select(port => new Uri($"http://127.0.0.1:{port}/v1"))], looksFor);
}
