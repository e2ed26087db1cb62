using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Codex.Toml.Tests.Generators;

/// <summary>
/// Random valid texts in every layout: headers, arrays of tables, dotted and quoted keys, tables in braces on one line and on several,
/// comments, blank lines, indentation, CRLF, byte order mark, no final newline. Statements come at random; those that do not fit
/// what stands already are left out.
/// </summary>
internal static class TomlTexts
{
    private static readonly Gen<string> Key = Gen.Elements("a", "b", "c", "\"a\"", "'b'", "\"c d\"", "'e.f'", "\"é\\\"\"", "\"\"", "1", "model_providers");

    private static readonly Gen<string> Blank = Gen.Elements("", "", "", " ", "\t");

    private static readonly Gen<string> DottedKey =
        from keys in Key.NonEmptyListOf().Resize(3)
        from blank in Blank
        select string.Join($"{blank}.{blank}", keys.Take(3));

    private static readonly Gen<string> Scalar = Gen.Elements(
        "1", "-17", "0xff", "1_000", "3.5", "1e3", "-inf", "nan", "true", "false", "\"\"", "\"x # y\"", "'C:\\dir'", "\"\\u00e9 \\t\"",
        "\"\"\"\n[a]\nb = 1\n\"\"\"", "'''\n# no comment'''", "1979-05-27", "1979-05-27 07:32:00Z", "07:32", "[]", "[1, 2]", "[\n  1, # one\n  [2],\n]");

    private static readonly Gen<string> Value = Gen.Sized(size => Nested(Math.Min(size, 2)));

    private static readonly Gen<string> Comment = Gen.Elements("", "", "", " # c", "# é", "\t# [x]");

    private static readonly Gen<string> Line = Gen.Frequency(
        (2, Gen.Elements("", "  ", "# comment", "  # indented", "# a = 1", "#:schema x")),
        (2, from key in DottedKey from blank in Blank from comment in Comment select $"[{blank}{key}{blank}]{comment}"),
        (1, from key in DottedKey from comment in Comment select $"[[{key}]]{comment}"),
        (6, from indent in Blank from pair in Pair(Value) from comment in Comment select indent + pair + comment));

    public static Gen<string> Valid { get; } =
        from lines in Line.ListOf().Resize(14)
        from carriageReturns in Gen.Elements(false, false, true)
        from byteOrderMark in Gen.Elements(false, false, true)
        from ended in Gen.Elements(true, true, false)
        select Joined(lines, carriageReturns ? "\r\n" : "\n", byteOrderMark ? "\uFEFF" : "", ended);

    private static Gen<string> Pair(Gen<string> value) =>
        from key in DottedKey from blank in Blank from text in value select $"{key}{blank}={blank}{text}";

    private static Gen<string> Nested(int levels) => levels == 0 ? Scalar : Gen.Frequency((3, Scalar), (2, Braces(Nested(levels - 1))));

    private static Gen<string> Braces(Gen<string> value) =>
        from pairs in Pair(value).ListOf().Resize(3)
        from layout in Gen.Choose(0, 4)
        select layout switch
        {
            0 => $"{{{string.Join(',', pairs)}}}",
            1 => $"{{ {string.Join(", ", pairs)} }}",
            2 => $"{{\n{string.Concat(pairs.Select(p => $"  {p}, # c\n"))}}}",
            3 => $"{{ # open\n{string.Join(",\n", pairs.Select(p => $"\t{p}"))}\n  }}",
            _ => $"{{ {string.Join(",\n  ", pairs)} # last\n}}",
        };

    private static string Joined(IEnumerable<string> lines, string lineEnd, string start, bool ended)
    {
        var text = new StringBuilder(start);
        foreach (var line in lines)
        {
            var longer = text + line.Replace("\n", lineEnd, StringComparison.Ordinal) + lineEnd;
            if (TomlDocument.Parse(longer).IsValid)
                text.Clear().Append(longer);
        }

        if (!ended && text.Length > start.Length)
            text.Length -= lineEnd.Length;
        return text.ToString();
    }
}
