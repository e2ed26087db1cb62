using System.Buffers.Text;
using System.Security.Cryptography;

namespace Codex.Gateway.Keys;

/// <summary>Makes gateway keys.</summary>
internal static class NewKey
{
    /// <summary>So that a key that got lost somewhere is recognised for what it is, by people and by scanners.</summary>
    public const string Prefix = "cgw_";

    private const int Length = 32;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length));
}
