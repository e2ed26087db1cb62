using System.Security.Cryptography;
using System.Text;

namespace Codex.Translation.Translate.Request;

/// <summary>
/// Flattens a tool's namespace and name into one function name. Backends take 64 characters of letters, digits,
/// underscore and dash; what does not fit is cut and told apart by a hash, so that no two tools share a name
/// (symptom 15).
/// </summary>
internal static class ToolNaming
{
    private const int MostCharacters = 64;
    private const int HashCharacters = 8;

    /// <summary>The name a tool gets when no other tool claims it; also for calls in the history whose tool is gone.</summary>
    public static string WireName(string? ns, string name)
    {
        var joined = Join(ns, name);
        var clean = Clean(joined);
        return clean == joined && clean.Length is > 0 and <= MostCharacters ? clean : Hashed(clean, joined);
    }

    /// <summary>A name for a tool whose plain name is taken by another.</summary>
    public static string Distinct(string? ns, string name, ToolKind kind) => Hashed(Clean(Join(ns, name)), $"{kind}\0{ns}\0{name}");

    /// <summary>The namespace of Codex's own tools in code mode may be left out, and a plain tool must not get one (symptom 14).</summary>
    public static string? RealNamespace(string? ns) => ns is null or "" or "functions" ? null : ns;

    private static string Join(string? ns, string name)
    {
        if (RealNamespace(ns) is not { } real)
            return name;
        // Codex 0.128 and 0.131 end the namespace with the separator already.
        return real.EndsWith("__", StringComparison.Ordinal) ? real + name : real + "__" + name;
    }

    private static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var c in name)
            clean.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_');
        return clean.ToString();
    }

    private static string Hashed(string clean, string whole)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..HashCharacters];
        var stem = clean.Length > MostCharacters - HashCharacters - 1 ? clean[..(MostCharacters - HashCharacters - 1)] : clean;
        return stem + "_" + hash;
    }
}
