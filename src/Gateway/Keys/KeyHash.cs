using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Codex.Gateway.Keys;

/// <summary>
/// What is kept of a gateway key: HMAC-SHA256 of it under a salt of its own, written as <c>hmac-sha256:salt:hash</c>
/// in base64url. Keys are 256 random bits, so that a slow hash would add nothing (docs/decisions).
/// </summary>
public sealed class KeyHash
{
    private const string Scheme = "hmac-sha256";
    private const int SaltLength = 16;
    private const int HashLength = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private KeyHash(byte[] salt, byte[] hash)
    {
        _salt = salt;
        _hash = hash;
    }

    /// <summary>Under a new salt.</summary>
    public static KeyHash Of(string key)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new KeyHash(salt, HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(key)));
    }

    /// <summary>Null when the text is no hash.</summary>
    public static KeyHash? Parse(string text)
    {
        var parts = text.Split(':');
        return parts is [Scheme, var salt, var hash]
            && Decode(salt) is { Length: >= SaltLength } saltBytes
            && Decode(hash) is { Length: HashLength } hashBytes
            ? new KeyHash(saltBytes, hashBytes)
            : null;
    }

    /// <summary>Takes the same time whatever the key, apart from its length.</summary>
    public bool Matches(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        HMACSHA256.HashData(_salt, key, hash);
        return CryptographicOperations.FixedTimeEquals(hash, _hash);
    }

    public override string ToString() => $"{Scheme}:{Base64Url.EncodeToString(_salt)}:{Base64Url.EncodeToString(_hash)}";

    private static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
