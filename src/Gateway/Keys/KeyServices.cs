using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Codex.Gateway.Keys;

public static class KeyServices
{
    /// <summary>Without keys, unless the caller has added its own <see cref="KeyRing"/>.</summary>
    public static void AddKeys(this IServiceCollection services)
    {
        services.TryAddSingleton(new KeyRing([]));
        services.AddSingleton<KeyLimits>();
    }
}
