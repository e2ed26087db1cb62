using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Providers;

/// <summary>The argument of <c>--set</c>: a key of the provider's table, an equals sign, and a value as TOML writes it.</summary>
internal static class SettingArgument
{
    private static readonly string[] OwnOptions = [ConfigKeys.BaseUrl, ConfigKeys.EnvKey, ConfigKeys.Name, ConfigKeys.Auth, ConfigKeys.WireApi];

    /// <returns>What is wrong, or null. Never repeats the value.</returns>
    public static string? Fault(string argument)
    {
        var parts = argument.Split('=', 2);
        if (parts.Length != 2 || !TomlPath.TryParse(parts[0].Trim(), out var path))
            return "--set takes KEY=TOML, such as request_max_retries=2 or query_params.v=\"1\"";
        if (OwnOptions.Contains(path.Steps[0].Key, StringComparer.Ordinal))
            return $"--set {path}: this key has an option of its own";
        // That table holds names of variables, not values.
        if (path.Steps[0].Key != "env_http_headers" && path.Steps.Any(s => IsSecret(s.Key!)))
            return $"--set {path}: secrets are not written into the file; use --env-key, --auth-command or env_http_headers";
        if (Value(argument) is not { } value)
            return $"--set {path}: the value is not TOML; texts need quotes, for the shell as well: --set '{path}=\"text\"'";
        return Mentions(value) ? $"--set {path}: this looks like a secret, and those are not written into the file; use --env-key or env_http_headers" : null;
    }

    /// <summary>The setting; the argument must be without fault.</summary>
    public static ProviderKey Read(string argument)
    {
        var parts = argument.Split('=', 2);
        _ = TomlPath.TryParse(parts[0].Trim(), out var path);
        return new(path!, Value(argument)!, KeyAuthority.Replace, parts[1].Trim());
    }

    private static TomlValue? Value(string argument)
    {
        var typed = argument.Split('=', 2)[1].Trim();
        var document = TomlDocument.Parse($"v = {typed}\n");
        return document.IsValid && document.Root.Children.Count == 1 && !typed.Contains('\n', StringComparison.Ordinal) && !typed.Contains('#', StringComparison.Ordinal)
            ? document.Root.Children["v"].ToValue()
            : null;
    }

    private static bool Mentions(TomlValue value) => value switch
    {
        TomlValue.String text => KeyVariable.LooksLikeKey(text.Value),
        TomlValue.Array array => array.Items.Any(Mentions),
        TomlValue.Table table => table.Pairs.Any(p => IsSecret(p.Key) || Mentions(p.Value)),
        _ => false,
    };

    private static bool IsSecret(string key) => SecretMask.IsSecretKey(key);
}
