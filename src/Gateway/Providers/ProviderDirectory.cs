namespace Codex.Gateway.Providers;

/// <summary>Holds the current snapshot of all providers; whoever learns something new replaces it whole.</summary>
public sealed class ProviderDirectory
{
    private ProviderSnapshot _current = ProviderSnapshot.Empty;

    /// <summary>Raised after every change, on the thread that made it.</summary>
    public event Action<ProviderSnapshot>? Changed;

    public ProviderSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Replaces the snapshot by what <paramref name="change"/> makes of it; nothing is raised when nothing changed.</summary>
    public void Update(Func<ProviderSnapshot, ProviderSnapshot> change)
    {
        while (true)
        {
            var before = Current;
            var after = change(before);
            if (ReferenceEquals(before, after))
                return;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _current, after, before), before))
            {
                Changed?.Invoke(after);
                return;
            }
        }
    }
}
