using System.Text.RegularExpressions;
using Codex.ConfigTool.Presets;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Output;

/// <summary>Keeps secrets that stand in a user's file out of everything this tool prints.</summary>
public static partial class SecretMask
{
    private const int Shown = 3;

    /// <summary>A value as TOML, masked when its key or its look say that it is a secret.</summary>
    public static string Value(string key, TomlValue value)
    {
        var written = $"{KeyWriter.Write(key)} = {ValueWriter.Write(value)}";
        return Line(written)[(KeyWriter.Write(key).Length + 3)..];
    }

    /// <summary>A line of a TOML file with the secrets in it masked.</summary>
    public static string Line(string line) => Replace(line, Masked);

    /// <summary>The same with as many stars as the secrets have characters, so that columns stay.</summary>
    public static string Cover(string line) => Replace(line, secret => string.Concat(secret.EnumerateRunes().Select(_ => "*")));

    /// <summary>The key's value is a secret by its name.</summary>
    public static bool IsSecretKey(string key) => SecretKey().IsMatch($"{key} = 'value'");

    private static string Replace(string line, Func<string, string> mask)
    {
        try
        {
            return KeyShapes.Inside().Replace(SecretKey().Replace(line, m => m.Groups["before"].Value + mask(m.Groups["secret"].Value)), m => mask(m.Value));
        }
        catch (RegexMatchTimeoutException)
        {
            // A line of megabytes that cannot be searched in time may hold anything.
            return mask(line);
        }
    }

    private static string Masked(string secret) =>
        secret.Contains("…(", StringComparison.Ordinal) ? secret : $"{secret[..Math.Min(Shown, secret.Length / 4)]}…({secret.Length} chars)";

    [GeneratedRegex("""(?<before>\b([a-z_-]{0,40}token|(proxy-)?authorization|(x-)?api[-_]?key|[a-z_-]{0,40}(secret|password))["']?\s*=\s*["']{1,3})(?<secret>[^"']+)""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretKey();
}
