using System.Globalization;
using Codex.Gateway.Demo;
using Yarp.ReverseProxy.Forwarder;

namespace Codex.Gateway.Proxy;

/// <summary>The connections to each provider; to the embedded one there are none.</summary>
internal sealed class UpstreamClientFactory(ILogger<ForwarderHttpClientFactory> logger, TimeProvider time) : IForwarderHttpClientFactory
{
    private readonly Sockets _sockets = new(logger);

    public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) =>
        context.NewMetadata?.GetValueOrDefault(ProviderClusters.Embedded) == bool.TrueString
            ? new HttpMessageInvoker(new DemoHandler(time))
            : _sockets.CreateClient(context);

    private sealed class Sockets(ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
    {
        protected override bool CanReuseOldClient(ForwarderHttpClientContext context) =>
            base.CanReuseOldClient(context)
            && context.OldMetadata?.GetValueOrDefault(ProviderClusters.Embedded) == context.NewMetadata?.GetValueOrDefault(ProviderClusters.Embedded)
            && context.OldMetadata?.GetValueOrDefault(ProviderClusters.ConnectSeconds) == context.NewMetadata?.GetValueOrDefault(ProviderClusters.ConnectSeconds);

        protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
        {
            base.ConfigureHandler(context, handler);
            if (context.NewMetadata?.GetValueOrDefault(ProviderClusters.ConnectSeconds) is { } seconds)
                handler.ConnectTimeout = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
            // No trace headers: they would tell backends of each other's requests.
            handler.ActivityHeadersPropagator = null;
        }
    }
}
