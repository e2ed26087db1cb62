using System.Collections.Immutable;
using Codex.Gateway.Configuration;
using Codex.Gateway.Providers;

namespace Codex.Gateway.CommandLine;

/// <summary>What <c>serve</c> prints once it listens: what there is, and three lines to paste.</summary>
internal static class Greeting
{
    private const string DemoModel = "demo";

    /// <summary>How Kestrel writes the address of a Unix socket.</summary>
    private const string SocketUrl = "http://unix:";

    /// <param name="urls">The addresses really bound, so with the port that was given for port 0.</param>
    /// <param name="host">The name other machines know this one by, if there is one.</param>
    /// <param name="wantsKey">Whether clients need a gateway key; the lines to paste then take it from a variable.</param>
    public static void Write(TextWriter output, ImmutableArray<string> urls, ProviderSnapshot snapshot, bool wantsKey = false, string? host = null)
    {
        var (address, socket) = AddressToTry(urls, host);
        var model = ModelToTry(snapshot);
        output.WriteLine($"codex-gateway {GatewayCommandLine.Version} listens on {string.Join(" and ", urls.Select(u => u.StartsWith(SocketUrl, StringComparison.Ordinal) ? u["http://".Length..] : $"{u.TrimEnd('/')}/v1"))}");
        output.WriteLine();
        ProviderTable.Write(output, snapshot);
        if (WindowNote(snapshot) is { } note)
            output.WriteLine(note);
        output.WriteLine();
        // Never wrapped: these lines are copied as they are.
        var bearer = wantsKey ? $" -H \"authorization: Bearer ${EnvironmentSettings.ClientKeyVariable}\"" : "";
        var key = wantsKey ? $"env_key=\"{EnvironmentSettings.ClientKeyVariable}\"" : "experimental_bearer_token=\"none\"";
        if (wantsKey)
            output.WriteLine($"Clients need a key (codex-gateway keys add NAME); here it is in the variable {EnvironmentSettings.ClientKeyVariable}.");
        output.WriteLine("curl:");
        output.WriteLine($$"""  curl{{socket}} {{address}}/responses{{bearer}} -H 'content-type: application/json' -d '{"model":"{{model}}","input":"Say hello."}'""");
        if (socket.Length > 0)
        {
            output.Flush();
            return;
        }

        output.WriteLine("Codex:");
        output.WriteLine($$"""  codex exec --skip-git-repo-check -s workspace-write -c model_provider=gw -c 'model_providers.gw={name="gw",base_url="{{address}}",model_catalog_url="{{address}}/models",{{key}}}' -m {{model}} "create hello.txt with a greeting" """.TrimEnd());
        output.WriteLine("OpenAI clients, base URL:");
        output.WriteLine($"  {address}");
        output.Flush();
    }

    /// <summary>An address that works on this machine, and how curl gets to it when it is a socket; no other client can.</summary>
    private static (string Address, string Socket) AddressToTry(ImmutableArray<string> urls, string? host)
    {
        if (urls.FirstOrDefault(u => !u.StartsWith(SocketUrl, StringComparison.Ordinal)) is not { } url)
            return ("http://localhost/v1", $" --unix-socket {urls[0][SocketUrl.Length..]}");
        var name = url.StartsWith("https", StringComparison.Ordinal) && host is not null ? host : "127.0.0.1";
        return ($"{url.TrimEnd('/').Replace("//[::]", $"//{name}", StringComparison.Ordinal).Replace("//0.0.0.0", $"//{name}", StringComparison.Ordinal)}/v1", "");
    }

    /// <summary>One line on context windows that are not what they could be; the rest is in the catalogue.</summary>
    private static string? WindowNote(ProviderSnapshot snapshot)
    {
        var small = ClientModel.AllOf(snapshot)
            .Where(m => m is { IsListed: true, Target: { Settings: not { ContextWindow: not null }, Known: { Note: not null, WritesText: true } } } && m.Target.Provider.Provider.Origin != ProviderOrigin.Embedded)
            .ToList();
        if (small.Count == 0)
            return null;
        var others = small.Count == 1 ? "" : $" ({small.Count - 1} more like it)";
        return $"Context window of {small[0].Name}{others}: {small[0].Target.Known!.Note}";
    }

    /// <summary>A real model before the scripted one; only a name that needs no quoting in a shell.</summary>
    private static string ModelToTry(ProviderSnapshot snapshot)
    {
        return ClientModel.AllOf(snapshot)
            .Where(m => m is { IsListed: true, Target.Known: not { WritesText: false } } && m.Target.Provider.Provider.Origin != ProviderOrigin.Embedded && m.Name.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:/@+".Contains(c)))
            .Select(m => m.Name)
            .FirstOrDefault() ?? DemoModel;
    }
}
