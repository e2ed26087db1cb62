using System.Collections.Immutable;

namespace Codex.Gateway.Providers;

/// <summary>The headers with which a provider is asked for its models, read from the environment for this one time.</summary>
internal static class ListKey
{
    /// <param name="clientAuthorization">The header of the request that caused this; used for it and not kept.</param>
    /// <returns>The headers, or the name of a variable that has no value.</returns>
    public static (ImmutableArray<KeyValuePair<string, string>> Headers, string? Unset) Read(Provider provider, string? clientAuthorization)
    {
        var headers = provider.Headers.ToList();
        switch (provider.Key)
        {
            case KeySource.EnvironmentVariable variable when Value(variable.Name) is { } key:
                headers.Add(new("Authorization", $"Bearer {key}"));
                break;
            case KeySource.EnvironmentVariable variable:
                return ([], variable.Name);
            case KeySource.ClientBearer when clientAuthorization is not null:
                headers.Add(new("Authorization", clientAuthorization));
                break;
        }
        foreach (var (name, variable) in provider.HeadersFromEnv)
        {
            if (Value(variable) is not { } value)
                return ([], variable);
            headers.Add(new(name, value));
        }
        return ([.. headers], null);
    }

    private static string? Value(string variable) =>
        Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 0 } value ? value : null;
}
