using System.Collections.Immutable;
using System.Globalization;
using Serilog.Events;

namespace Codex.Gateway.Configuration;

/// <summary>Reads single values; the second result says what was expected when the first is null.</summary>
internal static class ScalarReading
{
    private static readonly ImmutableDictionary<string, LogEventLevel> OtherLevelNames =
        ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
        [
            KeyValuePair.Create("trace", LogEventLevel.Verbose),
            KeyValuePair.Create("info", LogEventLevel.Information),
            KeyValuePair.Create("warn", LogEventLevel.Warning),
            KeyValuePair.Create("critical", LogEventLevel.Fatal),
        ]);

    private static readonly ImmutableArray<(string Suffix, TimeSpan Unit)> Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
    ];

    public static (object? Value, string Expected) Read(Type type, SettingNode.Scalar scalar)
    {
        var text = scalar.Text;
        if (type == typeof(string))
            return (Is(scalar, ScalarKind.Text) ? text : null, "a text in quotes");
        if (type == typeof(bool))
            return (Is(scalar, ScalarKind.Boolean) && bool.TryParse(text, out var flag) ? flag : null, "true or false");
        if (type == typeof(int))
            return (Is(scalar, ScalarKind.Number) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null, "a whole number");
        if (type == typeof(long))
            return (Is(scalar, ScalarKind.Number) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big) ? big : null, "a whole number");
        if (type == typeof(double))
            return (Is(scalar, ScalarKind.Number) && double.TryParse(text, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? real : null, "a number");
        if (type == typeof(TimeSpan))
            return (ReadDuration(scalar), "a time above zero and up to 24h: a number of seconds, or text such as \"500ms\", \"30s\", \"5m\", \"1h\"");
        if (type == typeof(LogEventLevel))
            return (Is(scalar, ScalarKind.Text) ? ReadLevel(text) : null, $"one of {string.Join(", ", LevelNames)}");
        throw new NotSupportedException($"No settings of type {type}");
    }

    /// <summary>Whether values of this JSON kind can be right at all.</summary>
    public static bool Takes(Type type, ScalarKind kind) => kind switch
    {
        ScalarKind.Text => type == typeof(string) || type == typeof(TimeSpan) || type == typeof(LogEventLevel),
        ScalarKind.Number => type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(TimeSpan),
        ScalarKind.Boolean => type == typeof(bool),
        _ => true,
    };

    public static IEnumerable<string> LevelNames => Enum.GetNames<LogEventLevel>().Select(n => n.ToLowerInvariant());

    private static bool Is(SettingNode.Scalar scalar, ScalarKind kind) => scalar.Kind == kind || scalar.Kind == ScalarKind.Untyped;

    private static object? ReadLevel(string text) =>
        OtherLevelNames.TryGetValue(text, out var other) ? other
        : LevelNames.Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<LogEventLevel>(text, ignoreCase: true)
        : null;

    private static object? ReadDuration(SettingNode.Scalar scalar)
    {
        var number = scalar.Text.Trim();
        var unit = TimeSpan.FromSeconds(1);
        if (scalar.Kind is ScalarKind.Text or ScalarKind.Untyped)
        {
            var found = Units.FirstOrDefault(u => number.EndsWith(u.Suffix, StringComparison.Ordinal));
            if (found.Suffix is null && scalar.Kind == ScalarKind.Text)
                return null;
            if (found.Suffix is not null)
                (number, unit) = (number[..^found.Suffix.Length], found.Unit);
        }
        else if (scalar.Kind != ScalarKind.Number)
        {
            return null;
        }

        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count))
            return null;
        var seconds = count * unit.TotalSeconds;
        return seconds is > 0 and <= 86_400 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
