using System.Collections.Immutable;

namespace Codex.Toml.Values;

/// <summary>A value without its spelling. Two values are equal when they mean the same; the order of a table's keys means nothing.</summary>
public abstract record TomlValue
{
    private TomlValue()
    {
    }

    public sealed record String(string Value) : TomlValue;

    public sealed record Integer(long Value) : TomlValue;

    /// <summary>Not-a-number equals itself here; the sign of zero counts.</summary>
    public sealed record Float(double Value) : TomlValue
    {
        public bool Equals(Float? other) => other is not null && Value.Equals(other.Value) && double.IsNegative(Value) == double.IsNegative(other.Value);

        public override int GetHashCode() => Value.GetHashCode();
    }

    public sealed record Boolean(bool Value) : TomlValue;

    /// <summary>A date, a time or both, as text: TOML's dates have more digits and fewer offsets than any type of ours.</summary>
    /// <param name="Kind">Which of the four kinds.</param>
    /// <param name="Text">As written, with <c>T</c> between date and time and a capital <c>Z</c>.</param>
    public sealed record DateTime(TomlDateTimeKind Kind, string Text) : TomlValue;

    public sealed record Array(ImmutableArray<TomlValue> Items) : TomlValue
    {
        public bool Equals(Array? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        public override int GetHashCode() => Items.Length;
    }

    /// <summary>Names are unique.</summary>
    public sealed record Table(ImmutableArray<KeyValuePair<string, TomlValue>> Pairs) : TomlValue
    {
        public static Table Empty { get; } = new([]);

        public Dictionary<string, TomlValue> ToDictionary() => new(Pairs, StringComparer.Ordinal);

        public bool Equals(Table? other)
        {
            if (other is null || Pairs.Length != other.Pairs.Length)
                return false;
            var theirs = other.ToDictionary();
            return Pairs.All(p => theirs.TryGetValue(p.Key, out var value) && p.Value.Equals(value));
        }

        public override int GetHashCode() => Pairs.Length;
    }
}

/// <summary>The kinds of dates and times TOML knows.</summary>
public enum TomlDateTimeKind
{
    /// <summary>An instant: date, time and offset.</summary>
    Offset,

    /// <summary>Date and time of no place.</summary>
    Local,

    LocalDate,
    LocalTime,
}
