using System.Globalization;
using System.Text;
using Codex.Toml.Semantics;

namespace Codex.Toml.Values;

/// <summary>Turns the spelling of a scalar that was checked before into its value.</summary>
internal static class ScalarDecoding
{
    public static TomlValue Decode(ReadOnlySpan<byte> text, ScalarKind kind) => kind switch
    {
        ScalarKind.String => new TomlValue.String(StringSpelling.Decode(text)),
        ScalarKind.Integer => new TomlValue.Integer(IntegerSpelling.TryRead(text, out var value) == NumberReading.Read ? value : 0),
        ScalarKind.Float => new TomlValue.Float(FloatSpelling.Read(text)),
        ScalarKind.Boolean => new TomlValue.Boolean(text[0] == (byte)'t'),
        ScalarKind.OffsetDateTime => new TomlValue.DateTime(TomlDateTimeKind.Offset, DateText(text)),
        ScalarKind.LocalDateTime => new TomlValue.DateTime(TomlDateTimeKind.Local, DateText(text)),
        ScalarKind.LocalDate => new TomlValue.DateTime(TomlDateTimeKind.LocalDate, DateText(text)),
        ScalarKind.LocalTime => new TomlValue.DateTime(TomlDateTimeKind.LocalTime, DateText(text)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string DateText(ReadOnlySpan<byte> text) =>
        Encoding.ASCII.GetString(text).Replace(' ', 'T').ToUpper(CultureInfo.InvariantCulture);
}
