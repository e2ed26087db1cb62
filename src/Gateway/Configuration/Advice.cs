using Codex.Gateway.Providers;

namespace Codex.Gateway.Configuration;

/// <summary>The end of an error text about a wrong name: the nearest known one, or all of them.</summary>
internal static class Advice
{
    /// <summary>Share of characters that differ, above which a name is no longer a likely slip.</summary>
    private const double Near = 0.5;

    public static string About(string wrong, IReadOnlyCollection<string> known)
    {
        var nearest = NearestNames.Of(wrong, known, 1);
        return nearest is [var name] && NearestNames.Distance(wrong, name) <= Near
            ? $"did you mean {name}?"
            : $"known: {string.Join(", ", known)}";
    }
}
