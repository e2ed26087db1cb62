using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Output;
using Codex.Toml.Values;

namespace Codex.ConfigTool.Doctor.Checks;

/// <summary>Codex 0.128 and later speak the Responses API only.</summary>
internal static class WireApiCheck
{
    public static IEnumerable<Finding> Find(Examination examination)
    {
        foreach (var (id, table) in examination.Providers)
        {
            if (table.Children.TryGetValue(ConfigKeys.WireApi, out var node) && node.ToValue() is not TomlValue.String { Value: ConfigKeys.Responses })
            {
                yield return new("E02", $"{ConfigKeys.Providers}.{id}: {ConfigKeys.WireApi} = {Printable.Line(ValueWriter.Write(node.ToValue()))}, but Codex takes \"{ConfigKeys.Responses}\" only and does not start",
                    $"set it to \"{ConfigKeys.Responses}\"; a server that speaks chat only needs add-provider --via-gateway", examination.PositionOf(node));
            }
        }
    }
}
