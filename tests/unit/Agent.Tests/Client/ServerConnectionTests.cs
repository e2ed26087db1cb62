using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Codex.Agent.Client;

namespace Codex.Agent.Tests.Client;

public sealed class ServerConnectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("authority").FullName;

    [Theory]
    [InlineData("own", "localhost", true)]
    [InlineData("other", "localhost", false)]
    [InlineData("own", "127.0.0.1", false)]
    public async Task A_server_is_trusted_when_its_authority_is_named_and_its_name_is_right(string authority, string host, bool isTrusted)
    {
        using var root = Authority("CN=ours");
        using var other = Authority("CN=ours");
        using var certificate = Certificate(root, "localhost");
        var file = Path.Combine(_folder, "ca.pem");
        await File.WriteAllTextAsync(file, (authority == "own" ? root : other).ExportCertificatePem());
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeAsync(listener, certificate);

        using var http = new HttpMessageInvoker(ServerConnection.Create(file).Handler.ShouldNotBeNull());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{host}:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        if (isTrusted)
            (await http.SendAsync(request, CancellationToken.None)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        else
            await Should.ThrowAsync<HttpRequestException>(() => http.SendAsync(request, CancellationToken.None));
        await served;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_file_without_certificates_is_refused_by_name(string? text)
    {
        var file = Path.Combine(_folder, "ca.pem");
        if (text is not null)
            File.WriteAllText(file, text);

        ServerConnection.Create(file).ShouldBe((null, $"CODEX_CA_CERTIFICATE names {file}, which holds no certificates that can be read; correct or unset the variable."));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8484/")]
    [InlineData("http://localhost:8484/")]
    [InlineData("http://[::1]:8484/")]
    public void This_machine_is_never_reached_through_a_proxy(string address)
    {
        using var handler = ServerConnection.Create(authorities: null).Handler.ShouldNotBeNull();

        handler.Proxy.ShouldNotBeNull().IsBypassed(new Uri(address)).ShouldBeTrue();
        handler.Proxy.GetProxy(new Uri(address)).ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(130));
    }

    private static X509Certificate2 Certificate(X509Certificate2 authority, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, new DateTimeOffset(authority.NotBefore), new DateTimeOffset(authority.NotAfter), [1]);
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>Answers one request, when the client trusts it that far.</summary>
    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            var buffer = new byte[4096];
            if (await stream.ReadAsync(buffer) > 0)
                await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        }
        catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client went.
        }
    }
}
