using System.Text.Json;
using System.Text.RegularExpressions;
using Codex.Gateway.Demo.Scripts;

namespace Codex.Contract.Tests.Agent.WeakModel;

/// <summary>What a model does wrong about the JSON of its arguments.</summary>
internal enum ArgumentDamage
{
    None,
    TrailingComma,
    RawLineEnds,
    NoClosingBrace,
    SingleQuotes,
    DoubleEncoded,
    Fenced,
    BareKeys,
    UnescapedQuotes,
    PythonLiteral,
}

internal static partial class Damaged
{
    /// <param name="arguments">One flat JSON object whose values are strings.</param>
    public static string Arguments(string arguments, ArgumentDamage damage) => damage switch
    {
        ArgumentDamage.None => arguments,
        ArgumentDamage.TrailingComma => arguments[..^1] + ",}",
        ArgumentDamage.RawLineEnds => arguments.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal),
        ArgumentDamage.NoClosingBrace => arguments[..^1],
        ArgumentDamage.SingleQuotes => "{" + string.Join(", ", Fields(arguments).Select(f => $"'{f.Name}': '{f.Value.Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}'")) + "}",
        ArgumentDamage.DoubleEncoded => ChatJson.Quote(arguments),
        ArgumentDamage.Fenced => "```json\n" + arguments + "\n```",
        ArgumentDamage.BareKeys => Keys().Replace(arguments, "$1:"),
        ArgumentDamage.UnescapedQuotes => arguments.Replace("\\\"", "\"", StringComparison.Ordinal),
        ArgumentDamage.PythonLiteral => "{" + string.Join(", ", Fields(arguments).Select(f => $"'{f.Name}': \"\"\"{f.Value}\"\"\"")) + "}",
        _ => throw new ArgumentOutOfRangeException(nameof(damage), damage, message: null),
    };

    public static IEnumerable<(string Name, string Value)> Fields(string arguments)
    {
        using var json = JsonDocument.Parse(arguments);
        return [.. json.RootElement.EnumerateObject().Select(p => (p.Name, p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText()))];
    }

    [GeneratedRegex("\"(\\w+)\":", RegexOptions.None, 1000)]
    private static partial Regex Keys();
}
