using Codex.Gateway.Providers;

namespace Codex.Gateway.CommandLine;

/// <summary>Providers as a table, and below it what is wrong with them.</summary>
internal static class ProviderTable
{
    private const int ModelsShown = 3;

    public static void Write(TextWriter output, ProviderSnapshot snapshot)
    {
        PlainTable.Write(output, ["provider", "dialect", "models", "address"], [.. snapshot.Providers.Select(Row)]);
        foreach (var view in snapshot.Providers.Where(v => v.Problem is not null))
            output.WriteLine($"{view.Provider.Name}: {view.Problem}");
    }

    private static string[] Row(ProviderView view) =>
    [
        view.Provider.Name,
        view.Provider.DialectIsAssumed ? $"{view.Provider.Dialect.Name} (assumed)" : view.Provider.Dialect.Name,
        Models(view),
        view.Provider.Origin == ProviderOrigin.Embedded ? "embedded" : string.Join(' ', view.Provider.Replicas.Select(r => r.OriginalString)),
    ];

    private static string Models(ProviderView view)
    {
        if (view.Models.IsEmpty)
            return view.Problem is null ? "not asked yet" : "unknown";
        var shown = string.Join(", ", view.Models.Take(ModelsShown).Select(m => m.Id));
        return view.Models.Length > ModelsShown ? $"{shown} and {view.Models.Length - ModelsShown} more" : shown;
    }
}
