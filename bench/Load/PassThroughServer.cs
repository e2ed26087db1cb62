using Yarp.ReverseProxy.Configuration;

namespace Codex.Bench.Load;

/// <summary>What the gateway is measured against: YARP as it comes, one route, nothing changed on the way.</summary>
internal static class PassThroughServer
{
    public static async Task RunAsync(string upstream)
    {
        await using var app = BareServer.Build(services => services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "upstream", Match = new RouteMatch { Path = "{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "upstream",
                    Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["only"] = new() { Address = upstream } },
                },
            ]));
        app.MapReverseProxy();
        await BareServer.RunAsync(app);
    }
}
