using FsCheck;
using FsCheck.Fluent;

namespace Codex.Translation.Tests.Generators;

/// <summary>Random JSON as text, with spaces and escapes wherever they are allowed.</summary>
internal static class JsonTexts
{
    private static readonly Gen<string> Space = Gen.Elements("", "", "", " ", "\n", " \t\r\n");

    private static readonly Gen<string> Inside = Gen.Elements(
        "a", "b c", "é", "漢", "😀", "'", "{", "}", "[", "]", ",", ":", "/", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00");

    private static readonly Gen<string> Strings = Inside.ListOf().Select(parts => $"\"{string.Concat(parts)}\"");

    private static readonly Gen<string> Scalars = Gen.OneOf(
        Strings,
        Gen.Elements("true", "false", "null", "0", "-1", "12", "1.5", "-0.25E-3", "1e9"));

    /// <summary>Objects without space before or behind.</summary>
    public static Gen<string> Objects { get; } = Gen.Sized(size => ObjectOf(Math.Min(size / 10, 3)));

    private static Gen<string> ValueOf(int depth) => depth == 0
        ? Scalars
        : Gen.OneOf(Scalars, ObjectOf(depth - 1), ArrayOf(depth - 1));

    private static Gen<string> ObjectOf(int depth) =>
        from fields in (from key in Strings from colon in Spaced(":") from value in ValueOf(depth) select key + colon + value).ListOf()
        from comma in Spaced(",")
        from open in Space
        from close in Space
        select "{" + open + string.Join(comma, fields.Take(4)) + close + "}";

    private static Gen<string> ArrayOf(int depth) =>
        from values in ValueOf(depth).ListOf()
        from comma in Spaced(",")
        from open in Space
        select "[" + open + string.Join(comma, values.Take(4)) + "]";

    private static Gen<string> Spaced(string sign) => from before in Space from after in Space select before + sign + after;
}
