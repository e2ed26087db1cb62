using System.Security.Cryptography;
using System.Text;

namespace Codex.Agent.Mcp;

/// <summary>The flat names <c>mcp__server__tool</c>, which every model's server takes.</summary>
internal static class McpToolNames
{
    /// <summary>What the model servers allow.</summary>
    private const int Longest = 64;

    private const int HashLength = 8;

    /// <param name="taken">Names given so far; gets this one too.</param>
    public static string Of(string server, string tool, HashSet<string> taken)
    {
        var name = $"mcp__{Clean(server)}__{Clean(tool)}";
        // The suffix depends on the real names alone, so that a tool keeps its name from session to session.
        if (name.Length > Longest || taken.Contains(name))
            name = string.Concat(name.AsSpan(0, Math.Min(name.Length, Longest - HashLength - 1)), "_", Hash(server, tool));
        taken.Add(name);
        return name;
    }

    private static string Clean(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));

    private static string Hash(string server, string tool) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{server}\n{tool}")))[..HashLength];
}
