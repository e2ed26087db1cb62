namespace Codex.Bench.Load;

/// <summary>Kestrel on a free loopback port and nothing else: no log, no settings, no middleware.</summary>
internal static class BareServer
{
    public static WebApplication Build(Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        more?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        return app;
    }

    /// <summary>Says where it listens, then serves until its standard input ends: it cannot outlive who started it.</summary>
    public static async Task RunAsync(WebApplication app)
    {
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"listens on {app.Urls.First()}");
        await Console.In.ReadToEndAsync();
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await app.StopAsync(atOnce.Token);
    }
}
