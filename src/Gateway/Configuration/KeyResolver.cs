using System.Collections.Immutable;
using Codex.Gateway.Keys;

namespace Codex.Gateway.Configuration;

/// <summary>Makes gateway keys of what was written about them.</summary>
internal sealed class KeyResolver(ProblemList problems)
{
    private static readonly KeyPath Path = KeyPath.Root.Child(nameof(GatewayOptions.Keys));

    public ImmutableArray<GatewayKey> Resolve(ImmutableDictionary<string, KeyOptions> options) =>
        [.. options.OrderBy(o => o.Key, StringComparer.OrdinalIgnoreCase).Select(o => Resolve(o.Key, o.Value)).OfType<GatewayKey>()];

    /// <summary>The reason why a key cannot have this name, or null.</summary>
    public static string? NameProblem(string name)
    {
        if (name.StartsWith(NewKey.Prefix, StringComparison.Ordinal))
            return "looks like a key itself; a name such as alice belongs here";
        return name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@')
            ? null
            : "is no name for a key: up to 64 letters, digits, '-', '_', '.', '@'";
    }

    private GatewayKey? Resolve(string name, KeyOptions options)
    {
        var path = Path.Child(name);
        if (NameProblem(name) is { } reason)
        {
            // A key must not be repeated, not even where it stands in the wrong place.
            if (name.StartsWith(NewKey.Prefix, StringComparison.Ordinal))
                problems.Add(Path, $"has an entry whose name {reason}");
            else
                problems.Add(path, reason);
            return null;
        }

        if (options.Hash is null)
        {
            problems.Add(path, $"has no hash; take it out and run: codex-gateway keys add {name}");
            return null;
        }

        if (KeyHash.Parse(options.Hash) is not { } hash)
        {
            problems.Add(path.Child(nameof(options.Hash)), $"is no hash of a key; take {name} out and run: codex-gateway keys add {name}");
            return null;
        }

        return new GatewayKey(name, hash)
        {
            Models = options.Models,
            Allowance = new KeyAllowance(
                options.RequestsPerMinute, options.TokensPerMinute, options.ConcurrentStreams, options.TokensPerDay, options.TokensPerMonth),
            IsAdmin = options.Admin,
        };
    }
}
