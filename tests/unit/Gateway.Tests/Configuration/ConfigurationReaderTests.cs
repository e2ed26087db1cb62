using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Codex.Gateway.Configuration;
using Codex.Gateway.Providers;
using Codex.Gateway.Tests.Fixtures;

namespace Codex.Gateway.Tests.Configuration;

/// <summary>
/// A fixture holds <c>gateway.json</c>, <c>environment.txt</c> and <c>flags.txt</c>, each where needed, and in
/// <c>expected.txt</c> what comes of them: every problem, or all that was resolved.
/// </summary>
public class ConfigurationReaderTests
{
    private const string Area = "configuration";

    public static TheoryData<string> Names() => FixtureFolders.NamesOf(Area);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_written_is_resolved_or_refused_with_place_key_and_advice(string name)
    {
        var file = Read(name, "gateway.json");
        var variables = Pairs(Read(name, "environment.txt"));
        var flags = Pairs(Read(name, "flags.txt"));
        var read = ConfigurationReader.Read(file, file is null ? null : "gateway.json", variables, new CommandLineSettings
        {
            Urls = flags.GetValueOrDefault("--urls"),
            Upstream = flags.GetValueOrDefault("--upstream"),
            Dialect = flags.GetValueOrDefault("--dialect"),
            ApiKeyEnv = flags.GetValueOrDefault("--api-key-env"),
            Discover = flags.ContainsKey("--discover"),
            LogLevel = flags.GetValueOrDefault("--log-level"),
            LogJson = flags.ContainsKey("--log-json"),
        });
        Describe(read).ShouldBe(Encoding.UTF8.GetString(Read(name, "expected.txt") ?? []));
    }

    [Theory]
    [InlineData("sk-abcdefgh")]
    [InlineData("hf_AbCdEfGhIjKlMnOp1234")]
    [InlineData("gsk_9aB8cD7eF6gH5iJ4kL3m")]
    public void A_key_in_place_of_a_variable_name_is_refused_and_not_repeated(string key)
    {
        var json = $$"""{ "Providers": { "a": { "BaseUrl": "http://127.0.0.1:1", "ApiKeyEnv": "{{key}}", "HeadersFromEnv": { "X-Key": "{{key}}" } } } }""";
        var text = Describe(ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "gateway.json", ImmutableDictionary<string, string>.Empty, new CommandLineSettings()));
        text.ShouldStartWith("gateway.json:1: Providers.a.ApiKeyEnv takes the NAME of an environment variable");
        text.ShouldNotContain(key);
    }

    [Fact]
    public void Any_cut_of_a_valid_file_is_refused_with_a_line()
    {
        var file = Read("001_every_key", "gateway.json")!.AsSpan().TrimEnd((byte)'\n');
        for (var length = 0; length < file.Length; length++)
        {
            ConfigurationReader.Read(file[..length], "gateway.json", ImmutableDictionary<string, string>.Empty, new CommandLineSettings())
                .ShouldBeOfType<ConfigurationRead.Refused>().Summary.ShouldStartWith("gateway.json:");
        }
    }

    private static string Describe(ConfigurationRead read)
    {
        var lines = read switch
        {
            ConfigurationRead.Refused refused => refused.Problems.Select(p => p.ToString()),
            ConfigurationRead.Accepted { Configured: var configured } => Lines(configured),
            _ => [],
        };
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static IEnumerable<string> Lines(Configured configured)
    {
        foreach (var provider in configured.Providers)
            yield return Line(provider);
        foreach (var (alias, model) in configured.Models.OrderBy(m => m.Key, StringComparer.Ordinal))
            yield return string.Create(CultureInfo.InvariantCulture, $"model {alias}: {model}");
        foreach (var key in configured.Keys)
            yield return $"key {key.Name}: {key.Hash}; models {string.Join(" ", key.Models)}; {key.Allowance}; admin {key.IsAdmin}";
        if (!configured.Warm.IsEmpty)
            yield return $"warm: {string.Join(", ", configured.Warm)}";
        yield return $"default: {configured.DefaultProvider}";
        yield return $"discovery: {(configured.Discovery is DiscoverySetting.Only only ? string.Join(", ", only.Names) : configured.Discovery.GetType().Name)}";
        yield return $"urls: {string.Join(" ", configured.Settings.Urls)}";
        if (configured.Settings.Tls is { } tls)
            yield return tls.ToString();
        if (!configured.Settings.Hosts.IsEmpty)
            yield return $"hosts: {string.Join(" ", configured.Settings.Hosts)}";
        if (!configured.Settings.TrustedProxies.IsEmpty)
            yield return $"proxies: {string.Join(" ", configured.Settings.TrustedProxies)}";
        yield return $"log: {configured.Settings.Log}";
        yield return string.Create(CultureInfo.InvariantCulture, $"max body: {configured.Settings.MaxBodyBytes}");
    }

    private static string Line(Provider provider) => string.Join("; ",
    [
        $"provider {provider.Name}: {provider.Origin}",
        $"{provider.Dialect.Name}{(provider.DialectIsAssumed ? " assumed" : "")}",
        string.Join(" ", provider.Replicas.Select(r => r.OriginalString)),
        provider.Key.ToString(),
        $"headers {Text(provider.Headers)}",
        $"from environment {Text(provider.HeadersFromEnv)}",
        $"models {string.Join(" ", provider.AllowedModels)}",
        $"aliases {Text(provider.Aliases)}",
        provider.Timeouts.ToString(),
        .. provider.Concurrency is { } limit ? (string[])[limit.ToString()] : [],
        .. provider.ColdStart == ColdStart.Default ? [] : (string[])[provider.ColdStart.ToString()],
    ]);

    private static string Text(ImmutableDictionary<string, string> pairs) =>
        string.Join(" ", pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));

    private static ImmutableDictionary<string, string> Pairs(byte[]? file) =>
        Encoding.UTF8.GetString(file ?? []).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToImmutableDictionary(p => p[0], p => p.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal);

    private static byte[]? Read(string name, string file) =>
        FixtureFolders.Exists(Area, name, file) ? FixtureFolders.ReadBytes(Area, name, file) : null;
}
