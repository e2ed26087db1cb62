using System.Globalization;

namespace Codex.Agent.Configuration.Providers;

/// <summary>What providers are made of besides their tables.</summary>
/// <param name="Around">Its environment holds what <c>$CODEX_HOME/.env</c> adds.</param>
internal sealed record ProviderSources(Surroundings Around, string CodexHome, TimeProvider Time, SettingsFindings Findings)
{
    private const string AddressVariable = "CODEX_OSS_BASE_URL";
    private const string PortVariable = "CODEX_OSS_PORT";

    /// <summary>The address of a server of this machine, as the environment names it.</summary>
    /// <param name="port">Stands in when the environment says nothing; null then gives null.</param>
    public Uri? OssAddress(int? port)
    {
        if (Around.Variable(AddressVariable) is { } address)
            return Address(address, AddressVariable);
        if (Around.Variable(PortVariable) is not { } written)
            return port is null ? null : AtPort(port.Value);
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535)
            return AtPort(number);
        Findings.Fault($"{PortVariable} must be a port from 1 to 65535");
        return null;
    }

    /// <param name="place">Names the address in a message, which does not show it: it may hold a password.</param>
    public Uri? Address(string text, string place)
    {
        if (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0)
            return address;
        Findings.Fault($"{place} must be an address such as http://127.0.0.1:8484/v1");
        return null;
    }

    private static Uri AtPort(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/v1"));
}
