using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Codex.Gateway.Keys;

public static class KeyServices
{
    /// <summary>Without keys, unless the caller has added its own <see cref="KeyRing"/>.</summary>
    /// <param name="isReachable">By other machines; then nobody gets in without a key.</param>
    public static void AddKeys(this IServiceCollection services, bool isReachable)
    {
        services.TryAddSingleton(new KeyRing([], isReachable));
        services.AddSingleton<KeyLimits>();
    }
}
