using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Codex.Gateway.Demo.Scripts;
using Codex.Gateway.Hosting;
using Codex.Gateway.Providers;
using Codex.ScriptedUpstream;
using Codex.Translation.Dialects;

namespace Codex.Contract.Tests.Policy;

/// <summary>The backends of one row and a gateway before them, for one client.</summary>
internal sealed partial class PolicyStage : IAsyncDisposable
{
    public const string Model = "scripted-model";
    public const string Variable = "POLICY_TESTS_KEY";
    public const string Key = "ak-live-q7Zt9WmRb4xKd2Vf8s";

    private readonly PolicyCase _row;
    private readonly List<ScriptedUpstreamServer> _upstreams;
    private readonly IReadOnlyDictionary<string, string> _addresses;
    private readonly RunningGateway _gateway;

    private PolicyStage(PolicyCase row, List<ScriptedUpstreamServer> upstreams, IReadOnlyDictionary<string, string> addresses, RunningGateway gateway)
    {
        _row = row;
        _upstreams = upstreams;
        _addresses = addresses;
        _gateway = gateway;
    }

    public string BaseUrl => new Uri(_gateway.Client.BaseAddress!, "v1").AbsoluteUri;

    /// <summary>Adds what reached the backends: requests for an answer, and questions for the list of models.</summary>
    public JsonObject Count(JsonObject seen)
    {
        if (_row.RequestsVary)
            return seen;
        seen["requests_upstream"] = _upstreams.Sum(upstream => upstream.ChatRequests.Count);
        seen["questions_for_models"] = _upstreams.Sum(upstream => upstream.Requests.Count(request => request.Path == "/v1/models"));
        return seen;
    }

    public static async Task<PolicyStage> StartAsync(PolicyCase row)
    {
        Environment.SetEnvironmentVariable(Variable, Key);
        var answers = new Queue<ChatScript>(row.Answers.Select(PolicyAnswer.Read));
        var turn = new Lock();
        var upstreams = new List<ScriptedUpstreamServer>();
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var replica in row.Replicas)
        {
            if (replica == "refused")
            {
                addresses[replica] = ScriptedUpstreamServer.RefusedBaseUrl();
                continue;
            }

            var upstream = await ScriptedUpstreamServer.StartAsync();
            upstream.Answer = _ => Next();
            upstream.Route("GET", "/v1/models", request => List(request.Headers.ContainsKey("Authorization") ? row.List.WithKey : row.List.Without));
            upstreams.Add(upstream);
            addresses[replica] = upstream.BaseUrl;
        }

        var provider = new Provider("scripted", ProviderOrigin.Configured, DialectRegistry.Find(row.Dialect)!, [.. addresses.Values.Select(a => new Uri(a))])
        {
            Key = row.Key switch
            {
                "environment" => new KeySource.EnvironmentVariable(Variable),
                "unset" => new KeySource.EnvironmentVariable(Variable + "_THAT_IS_NOT_SET"),
                "client" => new KeySource.ClientBearer(),
                "none" => new KeySource.NoKey(),
                var other => throw new InvalidDataException($"unknown key '{other}'"),
            },
            Retries = ProviderRetries.Default with { MaxAttempts = row.Attempts, MaxWait = row.Wait },
            ColdStart = ColdStart.Default with { Deadline = row.ColdDeadline ?? ColdStart.Default.Deadline, StartsOnDemand = row.StartsOnDemand },
            Timeouts = ProviderTimeouts.Default with { FirstByte = row.FirstByte ?? ProviderTimeouts.Default.FirstByte },
        };
        ProviderView[] providers = row.HasOtherProvider
            ? [RunningGateway.View(provider, Model), RunningGateway.View("other", ScriptedUpstreamServer.RefusedBaseUrl(), "else")]
            : [RunningGateway.View(provider, Model)];
        return new PolicyStage(row, upstreams, addresses, await RunningGateway.StartAsync(new GatewaySettings { KeepAlive = row.KeepAlive }, providers));

        ChatScript Next()
        {
            lock (turn)
                return answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        }
    }

    /// <summary>Names in place of addresses, and no times: what differs from run to run.</summary>
    public string Steady(string text)
    {
        foreach (var (name, address) in _addresses)
            text = text.Replace(address, name == "refused" ? "{refused}" : "{replica}", StringComparison.Ordinal);
        text.ShouldNotContain(Key[^8..]);
        return Elapsed().Replace(text.Replace(BaseUrl, "{gateway}", StringComparison.Ordinal), "times in N s");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        foreach (var upstream in _upstreams)
            await upstream.DisposeAsync();
    }

    private static ChatScript List(int status) => status == 200
        ? ChatScript.Body(200, $$"""{"object":"list","data":[{"id":"{{Model}}","object":"model"}]}""")
        : ChatScript.Error(status, "No list for you.", "x");

    [GeneratedRegex("times in [0-9.]+ s")]
    private static partial Regex Elapsed();
}
