using System.CommandLine;
using System.Net.Sockets;
using Codex.Gateway.Configuration;
using Codex.Gateway.Hosting;
using Codex.Gateway.Providers;
using Microsoft.AspNetCore.Connections;

namespace Codex.Gateway.CommandLine;

/// <summary>Starts the gateway, says how to use it and runs until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create(GatewayFlags flags)
    {
        var command = new Command("serve", "Start the gateway (also without any command).");
        flags.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(flags, parsed, cancellation));
        return command;
    }

    public static async Task<int> RunAsync(GatewayFlags flags, ParseResult parsed, CancellationToken cancellation)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (await StartConfiguration.ReadAsync(flags.Source(parsed), error, cancellation) is not var (source, current))
            return ExitCodes.Refused;

        if (current.Configured.Settings.Log.File is { } file && file.Problem() is { } logProblem)
        {
            await error.WriteLineAsync($"codex-gateway: cannot write the log to {file.Path}: {logProblem}; change Log.File");
            return ExitCodes.Refused;
        }
        var settings = current.Configured.Settings;
        using var certificate = settings.Tls is { } tls && await LoadAsync(tls, error) is { } loaded ? loaded : null;
        if (settings.Tls is not null && certificate is null)
            return ExitCodes.Refused;

        var directory = new ProviderDirectory();
        directory.Update(current.Configured.ApplyTo);
        await using var app = GatewayApp.Build(
            settings,
            directory,
            services => services
                .AddConfigurationWatch(source, current)
                .AddProviderWatch(DiscoveryPlan.WellKnown(current.Configured.Discovery.LooksFor)),
            certificate);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception e) when (ListenProblem(e) is { } reason)
        {
            // Services that started before the listener end in order.
            await app.StopAsync(CancellationToken.None);
            await error.WriteLineAsync($"codex-gateway: cannot listen on {string.Join(" and ", current.Configured.Settings.Urls)}: {reason}");
            return ExitCodes.Refused;
        }

        Greeting.Write(output, [.. app.Urls], directory.Current, wantsKey: !current.Configured.Keys.IsEmpty, settings.Hosts.FirstOrDefault(h => h != "*"));
        foreach (var note in KeyNotes.About(current.Configured))
            await error.WriteLineAsync(note);
        _ = ParentProcess.StopAfterAsync(flags.ExitWith(parsed), app.Lifetime, cancellation);
        await app.WaitForShutdownAsync(cancellation);
        return ExitCodes.Done;
    }

    private static async Task<ServerCertificate?> LoadAsync(TlsSettings tls, TextWriter error)
    {
        var (certificate, reason) = ServerCertificate.Load(tls);
        if (reason is not null)
            await error.WriteLineAsync($"codex-gateway: {reason}");
        return certificate;
    }

    private static string? ListenProblem(Exception e) => e switch
    {
        IOException { InnerException: AddressInUseException { Message: ['/', ..] } } => "the socket is taken by a running program, or the file is no socket; stop the program, or choose another path",
        IOException { InnerException: AddressInUseException } => "the port is taken; stop the program that has it, or choose another with --urls http://127.0.0.1:8485",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "the port needs special rights; choose one above 1023 with --urls http://127.0.0.1:8485",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } or IOException { InnerException: SocketException } => "this machine has no such address; use --urls http://127.0.0.1:8484",
        _ => null,
    };
}
