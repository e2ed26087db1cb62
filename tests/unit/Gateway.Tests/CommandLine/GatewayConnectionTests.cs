using System.Text.Json;
using Codex.Gateway.CommandLine;
using Codex.Gateway.Hosting;
using Codex.Gateway.Providers;
using Codex.Gateway.Tests.Hosting;

namespace Codex.Gateway.Tests.CommandLine;

/// <summary>A command finds the gateway of its configuration, however that listens.</summary>
public sealed class GatewayConnectionTests : IDisposable
{
    /// <summary>Only a gateway says so.</summary>
    private const string Answered = "No provider offers the model 'nobody'";

    private readonly string _folder = Directory.CreateTempSubdirectory("codex-gateway").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task By_https_with_its_own_certificate_and_no_other()
    {
        var (own, _) = MadeCertificate.Make(Sub("own"), "pem", password: null, variable: null);
        var (other, _) = MadeCertificate.Make(Sub("other"), "pem", password: null, variable: null);
        var (certificate, _) = ServerCertificate.Load(own);
        using var held = certificate;
        await using var app = GatewayApp.Build(new GatewaySettings { Urls = ["https://127.0.0.1:0"], Tls = own }, new ProviderDirectory(), certificate: certificate);
        await app.StartAsync();

        (await WarmAsync(app.Urls.Single(), own)).ShouldContain(Answered);
        (await WarmAsync(app.Urls.Single(), other)).ShouldContain("shows another certificate");
    }

    [SkippableFact]
    public async Task By_a_unix_socket()
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because sockets are those of Unix");
        var url = "unix:" + Path.Combine(_folder, "g.sock");
        await using var app = GatewayApp.Build(new GatewaySettings { Urls = [url] }, new ProviderDirectory());
        await app.StartAsync();

        (await WarmAsync(url, tls: null)).ShouldContain(Answered);
        await app.StopAsync();
        (await WarmAsync(url, tls: null)).ShouldContain($"no gateway answers at {url}");
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "http://0.0.0.0:{0}")]
    [InlineData("http://*:0", "http://*:{0}")]
    public async Task On_this_machine_when_it_listens_everywhere(string listen, string named)
    {
        await using var app = GatewayApp.Build(new GatewaySettings { Urls = [listen] }, new ProviderDirectory());
        await app.StartAsync();
        var port = new Uri(app.Urls.First().Replace("*", "x", StringComparison.Ordinal).Replace("[::]", "x", StringComparison.Ordinal)).Port;

        // It wants a key there, and says so itself.
        (await WarmAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, named, port), tls: null)).ShouldNotContain("no gateway answers");
    }

    private string Sub(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>What <c>warm nobody</c> says, which ends with 2 for want of such a model.</summary>
    private async Task<string> WarmAsync(string url, TlsSettings? tls)
    {
        var configuration = Path.Combine(_folder, "gateway.json");
        var secured = tls is null ? "" : $$""", "Tls": { "Certificate": {{Quoted(tls.Certificate)}}, "Key": {{Quoted(tls.Key!)}} }""";
        await File.WriteAllTextAsync(configuration, $$"""{ "Discover": false, "Urls": [{{Quoted(url)}}]{{secured}} }""");
        using var output = new StringWriter();
        using var error = new StringWriter();
        (await GatewayCommandLine.RunAsync(["warm", "nobody", "--config", configuration], output, error).WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(2);
        output.ToString().ShouldBeEmpty();
        return error.ToString();
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
