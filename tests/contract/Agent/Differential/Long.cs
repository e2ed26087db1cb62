using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Codex.Contract.Tests.Agent.Differential;

/// <summary>Keeps transcripts readable: of what is long, the beginning, the end and a hash of what is between.</summary>
internal static class Long
{
    private const int MostLines = 60;
    private const int MostCharacters = 3000;

    public static IEnumerable<string> Shortened(IReadOnlyList<string> lines) => lines.Count <= MostLines
        ? lines
        : [.. lines.Take(MostLines / 4), Between(lines.Count - (MostLines / 2), "lines", string.Join('\n', lines.Skip(MostLines / 4).SkipLast(MostLines / 4))), .. lines.TakeLast(MostLines / 4)];

    public static string Shortened(string line) => line.Length <= MostCharacters
        ? line
        : line[..(MostCharacters / 10)] + Between(line.Length - (MostCharacters / 5), "characters", line[(MostCharacters / 10)..^(MostCharacters / 10)]) + line[^(MostCharacters / 10)..];

    private static string Between(int count, string kind, string text) => string.Create(
        CultureInfo.InvariantCulture, $"{{{count} {kind}, {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}}}");
}
