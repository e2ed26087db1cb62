using System.Net;
using Codex.Gateway.Providers;
using Codex.Gateway.Proxy;
using Codex.Gateway.Proxy.Inquiry;
using Codex.Gateway.Tests.Warmth;
using Codex.Translation.Dialects;

namespace Codex.Gateway.Tests.Proxy.Inquiry;

/// <summary>How long answers about keys are kept, and how many.</summary>
public sealed class KeyProbeMemoryTests : IDisposable
{
    private static readonly Uri Address = new("http://127.0.0.1:9/v1");

    private static readonly Provider Provider = new("acme", ProviderOrigin.Configured, DialectRegistry.Generic, [Address]);

    private readonly ManualTime _time = new();
    private readonly Host _host = new();
    private readonly BackendClient _client;
    private readonly KeyProbe _probe;

    public KeyProbeMemoryTests()
    {
        _client = new BackendClient(_host);
        _probe = new KeyProbe(_client, _time);
    }

    [Fact]
    public async Task An_answer_is_kept_for_half_a_minute_and_then_asked_for_again()
    {
        (await AskAsync("Bearer the-key-of-ann")).ShouldBe(new KeyVerdict.Refused(401));
        _time.Advance(TimeSpan.FromSeconds(29));
        (await AskAsync("Bearer the-key-of-ann")).ShouldBe(new KeyVerdict.Refused(401));
        _host.Asked.ShouldBe(1);

        _host.Good = "Bearer the-key-of-ann";
        _time.Advance(TimeSpan.FromSeconds(2));
        (await AskAsync("Bearer the-key-of-ann")).ShouldBe(new KeyVerdict.Accepted());
        _host.Asked.ShouldBe(3, "once with the key and once without");
    }

    [Fact]
    public async Task Each_key_and_each_host_is_asked_about_by_itself()
    {
        await AskAsync("Bearer the-key-of-ann");
        await AskAsync("Bearer the-key-of-bob");
        await _probe.AskAsync(Provider, new Uri("http://127.0.0.1:10/v1"), Credentials("Bearer the-key-of-ann"), CancellationToken.None);

        _host.Asked.ShouldBe(3);
    }

    [Fact]
    public async Task A_flood_of_keys_does_not_become_one_of_questions()
    {
        for (var i = 0; i < 1000; i++)
            await AskAsync($"Bearer key-number-{i}");
        _host.Asked.ShouldBe(256);

        _time.Advance(TimeSpan.FromSeconds(31));
        (await AskAsync("Bearer key-number-999")).ShouldBe(new KeyVerdict.Refused(401));
    }

    public void Dispose()
    {
        _client.Dispose();
        _host.Dispose();
    }

    private ValueTask<KeyVerdict> AskAsync(string authorization) => _probe.AskAsync(Provider, Address, Credentials(authorization), CancellationToken.None);

    private static UpstreamCredentials Credentials(string authorization) => UpstreamCredentials.Read(Provider, authorization, out _)!;

    /// <summary>Lists its models to one key only.</summary>
    private sealed class Host : HttpMessageHandler
    {
        private int _asked;

        public int Asked => _asked;

        public string? Good { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            var isGood = request.Headers.Authorization?.ToString() == Good && Good is not null;
            return Task.FromResult(new HttpResponseMessage(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized) { Content = new StringContent("{}") });
        }
    }
}
