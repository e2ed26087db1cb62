using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Codex.Gateway.Keys;

/// <summary>The gateway keys in force; replaced whole when the configuration changes.</summary>
public sealed class KeyRing
{
    private readonly bool _isLocked;
    private GatewayKey[] _keys;
    private volatile bool _isHeld;

    /// <param name="isLocked">
    /// Wants a key even when there is none: for a gateway that other machines can reach, whatever a later change says.
    /// </param>
    public KeyRing(ImmutableArray<GatewayKey> keys, bool isLocked = false)
    {
        _keys = [.. keys];
        _isLocked = isLocked;
    }

    /// <summary>Whether clients need a key.</summary>
    public bool IsOn => _isLocked || _isHeld || !Keys.IsEmpty;

    public ImmutableArray<GatewayKey> Keys => ImmutableCollectionsMarshal.AsImmutableArray(Volatile.Read(ref _keys));

    public void Update(ImmutableArray<GatewayKey> keys)
    {
        Volatile.Write(ref _keys, [.. keys]);
        _isHeld = false;
    }

    /// <summary>Takes back every key that is not among these, and adds none; the ring stays on even without keys.</summary>
    /// <returns>The names of those taken back.</returns>
    public ImmutableArray<string> Retain(IReadOnlySet<string> hashes)
    {
        var keys = Keys;
        var kept = keys.RemoveAll(k => !hashes.Contains(k.Hash.ToString()));
        if (kept.Length < keys.Length)
        {
            _isHeld = true;
            Volatile.Write(ref _keys, [.. kept]);
        }

        return [.. keys.Except(kept).Select(k => k.Name)];
    }

    /// <summary>The key, or null. Looks at every one, so that its time does not tell which was near.</summary>
    public GatewayKey? Find(string presented)
    {
        var bytes = Encoding.UTF8.GetBytes(presented);
        GatewayKey? found = null;
        foreach (var key in Keys)
        {
            if (key.Hash.Matches(bytes))
                found = key;
        }

        return found;
    }
}
