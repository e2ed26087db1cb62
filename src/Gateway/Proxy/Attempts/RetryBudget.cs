using System.Collections.Concurrent;
using Codex.Gateway.Providers;

namespace Codex.Gateway.Proxy.Attempts;

/// <summary>
/// Keeps an outage from being multiplied: retries may only be a share of a provider's requests. Each request pays
/// in its share, each retry takes one out; a small reserve serves the single user whose backend hiccups.
/// </summary>
internal sealed class RetryBudget
{
    private const double Reserve = 10;

    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.OrdinalIgnoreCase);

    public void PayIn(Provider provider) => AccountOf(provider).Change(provider.Retries.Share);

    /// <summary>False when the share is used up.</summary>
    public bool TryTakeOut(Provider provider) => AccountOf(provider).Change(-1);

    private Account AccountOf(Provider provider) => _accounts.GetOrAdd(provider.Name, static _ => new Account());

    private sealed class Account
    {
        private readonly Lock _gate = new();
        private double _balance = Reserve;

        public bool Change(double amount)
        {
            lock (_gate)
            {
                if (_balance + amount < 0)
                    return false;
                // What is not used while all is well must not pay for a storm of retries later.
                _balance = Math.Min(_balance + amount, Reserve);
                return true;
            }
        }
    }
}
