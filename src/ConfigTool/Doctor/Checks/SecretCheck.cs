using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.Toml.Semantics;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Keys written into the file.</summary>
internal static class SecretCheck
{
    private const string Headers = "http_headers";
    private const UnixFileMode ForOthers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static IEnumerable<Finding> Find(Examination examination)
    {
        var readable = examination.File.Facts is { } facts && !OperatingSystem.IsWindows() && (facts.Mode & ForOthers) != UnixFileMode.None;
        foreach (var (id, table) in examination.Providers)
        {
            var headers = table.Children.TryGetValue(Headers, out var node) && node is TableNode all ? all.Children : None;
            foreach (var (key, value) in table.Children.Where(c => c.Key == ConfigKeys.BearerToken).Concat(headers.Where(h => SecretMask.IsSecretKey(h.Key))))
            {
                yield return new("W06", $"{ConfigKeys.Providers}.{id} holds a secret in '{Printable.Line(key)}'{(readable ? ", and other users can read the file" : "")}",
                    $"keep it in an environment variable: {ConfigKeys.EnvKey} or env_http_headers{(readable ? "; chmod 600 the file" : "")}", examination.PositionOf(value));
            }
        }
    }

    private static IReadOnlyDictionary<string, TomlNode> None { get; } = new Dictionary<string, TomlNode>(StringComparer.Ordinal);
}
