using System.Collections.Immutable;

namespace Codex.Contract.Tests.Providers.Cases;

/// <summary>All cases, once; every provider is asked all of them.</summary>
internal static class ProviderCases
{
    public static readonly ImmutableArray<ProviderCase> All = [.. TextCases.All, .. ToolCases.All, .. HistoryCases.All, .. LimitCases.All];
}
