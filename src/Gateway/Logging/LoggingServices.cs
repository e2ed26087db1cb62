using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Serilog;
using Serilog.Events;

namespace Codex.Gateway.Logging;

public static class LoggingServices
{
    /// <summary>A file is read days later, perhaps elsewhere: date and offset belong to it.</summary>
    private const string FileLine = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {Message:lj}{NewLine}{Exception}";

    private const string PlainLine = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Logs go to standard error, so that standard output stays free for what commands print.</summary>
    public static ILoggingBuilder AddGatewayLog(this ILoggingBuilder logging, LogSettings settings)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Is(settings.Level)
            // The framework and YARP tell each request in several lines; ours says the same in one.
            .MinimumLevel.Override("Microsoft", AtLeast(settings.Level, LogEventLevel.Warning))
            .MinimumLevel.Override("System", AtLeast(settings.Level, LogEventLevel.Warning))
            .MinimumLevel.Override("Yarp", AtLeast(settings.Level, LogEventLevel.Error))
            .Filter.ByExcluding(IsRefusedAddress)
            .Enrich.FromLogContext();
        configuration = settings.Json
            ? configuration.WriteTo.Console(new JsonLineFormatter(), standardErrorFromLevel: LogEventLevel.Verbose)
            : configuration.WriteTo.Console(
                outputTemplate: PlainLine,
                standardErrorFromLevel: LogEventLevel.Verbose,
                theme: Serilog.Sinks.SystemConsole.Themes.ConsoleTheme.None);
        if (settings.File is { } file)
            configuration = WriteToFile(configuration, settings, file);
        logging.ClearProviders();
        // Microsoft's filter would hold back below Information on its own; the level is decided in one place.
        logging.SetMinimumLevel(LogLevel.Trace);
        var log = configuration.CreateLogger();
        logging.Services.AddSingleton<Serilog.ILogger>(log);
        return logging.AddSerilog(log, dispose: true);
    }

    private static LoggerConfiguration WriteToFile(LoggerConfiguration configuration, LogSettings settings, LogFile file) => settings.Json
        ? configuration.WriteTo.File(
            new JsonLineFormatter(), file.Path, fileSizeLimitBytes: file.MaxBytes, rollOnFileSizeLimit: true, retainedFileCountLimit: file.Kept)
        : configuration.WriteTo.File(
            file.Path, outputTemplate: FileLine, formatProvider: CultureInfo.InvariantCulture, fileSizeLimitBytes: file.MaxBytes, rollOnFileSizeLimit: true, retainedFileCountLimit: file.Kept);

    /// <summary>An address that cannot be bound ends the start; the command says so in one line, without the framework's stack trace.</summary>
    private static bool IsRefusedAddress(LogEvent entry) =>
        entry.Exception is SocketException or IOException { InnerException: AddressInUseException or SocketException }
        && entry.Properties.TryGetValue("SourceContext", out var source)
        && source is ScalarValue { Value: "Microsoft.Extensions.Hosting.Internal.Host" };

    private static LogEventLevel AtLeast(LogEventLevel asked, LogEventLevel least) =>
        asked <= LogEventLevel.Debug || asked > least ? asked : least;
}
