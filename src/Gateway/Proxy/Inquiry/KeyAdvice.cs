using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Proxy.Inquiry;

/// <summary>What a person can do about a key, in words that hold nothing of the key.</summary>
internal static class KeyAdvice
{
    /// <summary>For a request that had no key: with gateway keys, the client's own is for the gateway and goes no further.</summary>
    public const string Give = "It wants a key and got none: set ApiKeyEnv for this provider, or, unless the gateway has keys of its own, give one to the client.";

    /// <summary>For a key that is refused: where it comes from, how it must begin, and the command that checks it.</summary>
    public static string Replace(Provider provider) => SecretHeader(provider) is { } header
        ? $"It refuses the key in {header.Variable}; set a valid one and restart the gateway.{RuleOf(provider)} {Check(provider)}"
        : provider.Key is KeySource.ClientBearer
            ? $"It wants a valid key; give one to the client, or set ApiKeyEnv for this provider.{RuleOf(provider)} {Check(provider)}"
            : "It wants a key and none is configured; set ApiKeyEnv for this provider. See `codex-gateway providers`.";

    /// <summary>For a refusal that may mean the key or only what it was used for.</summary>
    public static string ReplaceOrExtend(Provider provider, string model) =>
        $"It refuses {Named(provider)}, or only its use for the model '{model}'.{RuleOf(provider)} {Check(provider)}";

    /// <summary>For a key that may or may not be refused.</summary>
    public static string Suspect(Provider provider) =>
        $"This host answers so to a refused key, too: check {Named(provider)}.{RuleOf(provider)} {Check(provider)}";

    /// <summary>For a key that is good for other things.</summary>
    public static string Extend(Provider provider, string model) =>
        $"It accepts {Named(provider)} otherwise, but not for the model '{model}': ask for another model, or have the key allowed for this one.";

    private static string Named(Provider provider) => SecretHeader(provider) is { } header ? $"the key in {header.Variable}" : "the client's key";

    private static string RuleOf(Provider provider) => BackendRegistry.For(provider.Dialect.Name).Keys is { Prefixes: { IsEmpty: false } prefixes }
        ? $" Its keys begin with {string.Join(", ", prefixes.Select(p => $"{p.Prefix} ({p.Environment})"))}."
        : "";

    /// <summary>The shell puts the key in its place; what the client's own is called is not known here.</summary>
    private static string Check(Provider provider)
    {
        var secret = SecretHeader(provider) ?? new SecretOf("Authorization", "Bearer ", "KEY");
        var address = BackendQuestion.Models.AddressAt(provider.Replicas[0]).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return $"This checks it: `curl -sS -H \"{secret.Header}: {secret.Scheme}${secret.Variable}\" {address}`.";
    }

    private static SecretOf? SecretHeader(Provider provider) => provider.Key is KeySource.EnvironmentVariable variable
        ? new SecretOf("Authorization", "Bearer ", variable.Name)
        : provider.HeadersFromEnv.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => new SecretOf(h.Key, "", h.Value)).FirstOrDefault();

    private sealed record SecretOf(string Header, string Scheme, string Variable);
}
