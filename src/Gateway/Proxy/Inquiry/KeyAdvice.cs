using Codex.Gateway.Dialects;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Proxy.Inquiry;

/// <summary>What a person can do about a key, in words that hold nothing of the key.</summary>
internal static class KeyAdvice
{
    /// <summary>For a key that is refused: where it comes from, how it must begin, and the command that checks it.</summary>
    public static string Replace(Provider provider)
    {
        var rule = RuleOf(provider) is { } words ? $" {words}" : "";
        return SecretHeader(provider) is { } header
            ? $"It refuses the key in {header.Variable}; set a valid one and restart the gateway.{rule} {Check(provider, header)}"
            : provider.Key is KeySource.ClientBearer
                ? $"It wants a valid key; give one to the client, or set ApiKeyEnv for this provider.{rule} {Check(provider, new SecretOf("Authorization", "Bearer ", "KEY"))}"
                : "It wants a key and none is configured; set ApiKeyEnv for this provider. See `codex-gateway providers`.";
    }

    /// <summary>For a key that may or may not be refused.</summary>
    public static string Suspect(Provider provider) =>
        $"This host answers so to a refused key, too: check {Named(provider)}.{(RuleOf(provider) is { } rule ? $" {rule}" : "")} {Check(provider, SecretHeader(provider) ?? new SecretOf("Authorization", "Bearer ", "KEY"))}";

    /// <summary>For a key that is good for other things.</summary>
    public static string Extend(Provider provider, string model) =>
        $"It accepts {Named(provider)} otherwise, but not for the model '{model}': ask for another model, or have the key allowed for this one.";

    private static string Named(Provider provider) => SecretHeader(provider) is { } header ? $"the key in {header.Variable}" : "the client's key";

    private static string? RuleOf(Provider provider) => BackendRegistry.For(provider.Dialect.Name).Keys is { Prefixes: { IsEmpty: false } prefixes }
        ? $"Its keys begin with {string.Join(", ", prefixes.Select(p => $"{p.Prefix} ({p.Environment})"))}."
        : null;

    private static string Check(Provider provider, SecretOf secret)
    {
        var address = BackendQuestion.Models.AddressAt(provider.Replicas[0]).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return $"This checks it: `curl -sS -H \"{secret.Header}: {secret.Scheme}${secret.Variable}\" {address}`.";
    }

    private static SecretOf? SecretHeader(Provider provider) => provider.Key is KeySource.EnvironmentVariable variable
        ? new SecretOf("Authorization", "Bearer ", variable.Name)
        : provider.HeadersFromEnv.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => new SecretOf(h.Key, "", h.Value)).FirstOrDefault();

    private sealed record SecretOf(string Header, string Scheme, string Variable);
}
