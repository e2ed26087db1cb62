using System.Text.Json;
using Codex.Contract.Tests.Providers;

namespace Codex.Contract.Tests.Policy;

/// <summary>One row of the error policy: <c>case.json</c> of its fixture.</summary>
internal sealed class PolicyCase
{
    private readonly JsonElement _json;

    private PolicyCase(string name, JsonElement json)
    {
        Name = name;
        _json = json;
    }

    public static TheoryData<string> Names => [.. Directory.EnumerateDirectories(Root).Select(folder => System.IO.Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public string Name { get; }

    public string Dialect => Text("dialect") ?? "generic";

    /// <summary>The model the client asks for.</summary>
    public string Model => Text("model") ?? PolicyStage.Model;

    /// <summary>Names of the provider's replicas: <c>one</c> and <c>two</c> play the answers, <c>refused</c> listens to nobody.</summary>
    public IReadOnlyList<string> Replicas => Texts("replicas") is { Count: > 0 } named ? named : ["one"];

    /// <summary>Whose key goes upstream: <c>environment</c>, <c>unset</c> (a variable without a value), <c>client</c> or <c>none</c>.</summary>
    public string Key => Text("key") ?? "none";

    /// <summary>Whether there is a second provider, so that none is the default.</summary>
    public bool HasOtherProvider => _json.TryGetProperty("other_provider", out var other) && other.GetBoolean();

    /// <summary>Status of the list of models for a request with a key, and for one without.</summary>
    public (int WithKey, int Without) List => _json.TryGetProperty("list", out var list)
        ? (list.GetProperty("with_key").GetInt32(), list.GetProperty("without").GetInt32())
        : (200, 200);

    public int Attempts => (int)(Number("attempts") ?? 3);

    /// <summary>The longest that a request waits because a backend asks to.</summary>
    public TimeSpan Wait => TimeSpan.FromSeconds(Number("wait_seconds") ?? 60);

    public TimeSpan? FirstByte => Number("first_byte_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public TimeSpan KeepAlive => TimeSpan.FromSeconds(Number("keep_alive_seconds") ?? 5);

    /// <summary>Whether the number of requests depends on how fast this machine is.</summary>
    public bool RequestsVary => _json.TryGetProperty("requests_vary", out var vary) && vary.GetBoolean();

    /// <summary>How long a cold model may take.</summary>
    public TimeSpan? ColdDeadline => Number("cold_deadline_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Whether the backend is started by the first request.</summary>
    public bool StartsOnDemand => _json.TryGetProperty("starts_on_demand", out var starts) && starts.GetBoolean();

    /// <summary>Further fields of Codex's provider, such as <c>stream_idle_timeout_ms=1000</c>.</summary>
    public IReadOnlyList<string> CodexFields => Texts("codex_fields");

    /// <summary>What the backend answers to one request after the other, whichever replica is asked; the last one for ever.</summary>
    public IReadOnlyList<JsonElement> Answers => [.. _json.GetProperty("answers").EnumerateArray()];

    public static PolicyCase Read(string name) => new(name, JsonElement.Parse(File.ReadAllText(System.IO.Path.Combine(Root, name, "case.json"))));

    /// <summary>Compares with a file of the fixture; UPDATE_FIXTURES=1 writes it.</summary>
    public void Verify(string file, string actual, string report)
    {
        var path = System.IO.Path.Combine(Root, Name, file);
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            File.WriteAllText(path, actual);
        File.Exists(path).ShouldBeTrue($"{path} is missing; UPDATE_FIXTURES=1 writes it.");
        actual.ShouldBe(File.ReadAllText(path), report);
    }

    private static string Root => System.IO.Path.Combine(RepositoryRoot.Path, "fixtures", "policy");

    private string? Text(string name) => _json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private double? Number(string name) => _json.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    private IReadOnlyList<string> Texts(string name) =>
        _json.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];
}
