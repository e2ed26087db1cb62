using System.Net;
using System.Net.Sockets;
using Codex.Gateway.CommandLine;
using Codex.Gateway.Hosting;
using Codex.Gateway.Keys;
using Codex.Gateway.Providers;
using Codex.Gateway.Tests.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Codex.Gateway.Tests.Hosting;

/// <summary>TLS, Unix sockets and what other machines can reach, over real sockets.</summary>
public sealed class ListenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codex-gateway").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("pem", null)]
    [InlineData("pem", "a-password")]
    [InlineData("one-pem", null)]
    [InlineData("pfx", "a-password")]
    [InlineData("pfx", null)]
    public async Task Https_serves_the_certificate_it_was_given(string kind, string? password)
    {
        var variable = $"CERT_{Guid.CreateVersion7():N}";
        Environment.SetEnvironmentVariable(variable, password);
        var (settings, thumbprint) = MadeCertificate.Make(_folder, kind, password, password is null ? null : variable);
        var (certificate, reason) = ServerCertificate.Load(settings);
        reason.ShouldBeNull();
        using var held = certificate;
        await using var app = GatewayApp.Build(new GatewaySettings { Urls = ["https://127.0.0.1:0"], Tls = settings }, new ProviderDirectory(), certificate: certificate);
        await app.StartAsync();
        string? seen = null;
        using var handler = new HttpClientHandler
        {
#pragma warning disable MA0039 // The certificate is the test's own, and which one it is gets compared.
            ServerCertificateCustomValidationCallback = (_, shown, _, _) =>
            {
                seen = shown!.Thumbprint;
                return true;
            },
#pragma warning restore MA0039
        };
        using var client = new HttpClient(handler);

        (await client.GetStringAsync($"{app.Urls.Single()}/healthz")).ShouldBe("ok\n");
        seen.ShouldBe(thumbprint);
        app.Urls.Single().ShouldStartWith("https://");
    }

    [Theory]
    [InlineData("none.pem", "there is no such file")]
    [InlineData("rubbish.pem", "cannot be used with its key")]
    [InlineData("rubbish.pfx", "cannot be used with its key")]
    public void A_certificate_that_cannot_be_used_is_said_in_a_sentence(string file, string words)
    {
        File.WriteAllText(Path.Combine(_folder, "rubbish.pem"), "rubbish");
        File.WriteAllText(Path.Combine(_folder, "rubbish.pfx"), "rubbish");

        var (certificate, reason) = ServerCertificate.Load(new TlsSettings(Path.Combine(_folder, file), Key: null, PasswordEnv: null));

        certificate.ShouldBeNull();
        reason!.ShouldContain(words);
    }

    [SkippableFact]
    public async Task A_unix_socket_is_open_to_its_user_only_and_a_stale_one_is_replaced()
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because sockets and modes are those of Unix");
        if (OperatingSystem.IsWindows())
            return;
        var path = Path.Combine(_folder, "g.sock");
        LeaveStaleSocket(path);
        await using (var app = GatewayApp.Build(new GatewaySettings { Urls = [$"unix:{path}"] }, new ProviderDirectory()))
        {
            await app.StartAsync();
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            (await GetAsync(path, "http://any.name/healthz")).ShouldBe("ok\n");

            var (code, error) = await ServeAsync($"unix:{path}");
            code.ShouldBe(2);
            error.ShouldContain("the socket is taken by a running program");
            (await GetAsync(path, "http://any.name/healthz")).ShouldBe("ok\n");
        }

        File.Exists(path).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task A_file_in_the_place_of_a_socket_stays()
    {
        Skip.If(OperatingSystem.IsWindows(), "skipped, because sockets and modes are those of Unix");
        var path = Path.Combine(_folder, "precious");
        await File.WriteAllTextAsync(path, "data");

        (await ServeAsync($"unix:{path}")).Code.ShouldBe(2);
        (await File.ReadAllTextAsync(path)).ShouldBe("data");
    }

    [Fact]
    public async Task Where_other_machines_can_connect_nobody_gets_in_without_a_key_even_when_the_last_is_revoked()
    {
        var (alice, key) = MadeKeys.Make("alice");
        var ring = new KeyRing([alice], isLocked: true);
        await using var app = GatewayApp.Build(new GatewaySettings { Urls = ["http://0.0.0.0:0"] }, new ProviderDirectory(), s => s.AddSingleton(ring));
        await using var keyless = GatewayApp.Build(new GatewaySettings { Urls = ["http://0.0.0.0:0"] }, new ProviderDirectory());
        await app.StartAsync();
        await keyless.StartAsync();
        using var client = new HttpClient { DefaultRequestHeaders = { { "x-api-key", key } } };

        (await StatusAsync(app)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(keyless)).ShouldBe(HttpStatusCode.Unauthorized);
        ring.Update([]);
        (await StatusAsync(app)).ShouldBe(HttpStatusCode.Unauthorized);

        async Task<HttpStatusCode> StatusAsync(WebApplication gateway) =>
            (await client.GetAsync($"http://127.0.0.1:{new Uri(gateway.Urls.Single()).Port}/v1/models")).StatusCode;
    }

    [Theory]
    [InlineData(false, "203.0.113.9", false)]
    [InlineData(true, "203.0.113.9", true)]
    public async Task Only_a_named_proxy_is_believed(bool isNamed, string forwarded, bool isBelieved)
    {
        await using var app = GatewayApp.Build(
            new GatewaySettings { Urls = ["http://127.0.0.1:0"], TrustedProxies = isNamed ? ["127.0.0.1"] : ["192.0.2.1"] }, new ProviderDirectory());
        IPAddress? seen = null;
        app.MapGet("/seen", (HttpContext context) => { seen = context.Connection.RemoteIpAddress; });
        await app.StartAsync();
        using var client = new HttpClient { DefaultRequestHeaders = { { "X-Forwarded-For", forwarded } } };

        (await client.GetAsync($"{app.Urls.Single()}/seen")).StatusCode.ShouldBe(HttpStatusCode.OK);

        seen!.Equals(IPAddress.Parse(forwarded)).ShouldBe(isBelieved);
    }

    private static async Task<string> GetAsync(string socket, string url)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        return await client.GetStringAsync(url);
    }

    private async Task<(int Code, string Error)> ServeAsync(string url)
    {
        var configuration = Path.Combine(_folder, "gateway.json");
        await File.WriteAllTextAsync(configuration, """{ "Discover": false }""");
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await GatewayCommandLine.RunAsync(["--config", configuration, "--urls", url], output, error).WaitAsync(TimeSpan.FromSeconds(60));
        return (code, error.ToString());
    }

    /// <summary>As a killed gateway leaves it: the file is there and nobody listens.</summary>
    private static void LeaveStaleSocket(string path)
    {
        var other = path + ".other";
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(other));
            // Closing takes the file of the bound name away; this one stays.
            File.Move(other, path);
        }

        File.Exists(path).ShouldBeTrue();
    }
}
