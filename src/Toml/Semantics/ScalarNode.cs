using Codex.Toml.Text;
using Codex.Toml.Values;

namespace Codex.Toml.Semantics;

/// <summary>What a scalar is, known from its spelling.</summary>
public enum ScalarKind
{
    String,
    Integer,
    Float,
    Boolean,
    OffsetDateTime,
    LocalDateTime,
    LocalDate,
    LocalTime,
}

/// <summary>A string, number, boolean or date. Checked when read, decoded when asked for.</summary>
public sealed class ScalarNode : TomlNode
{
    private readonly ReadOnlyMemory<byte> _bytes;

    internal ScalarNode(ReadOnlyMemory<byte> bytes, TextSpan span, ScalarKind scalar)
        : base(DefinitionKind.Scalar, span) => (_bytes, Scalar) = (bytes, scalar);

    public ScalarKind Scalar { get; }

    public override TomlValue ToValue() => ScalarDecoding.Decode(_bytes.Span.Slice(Span.Start, Span.Length), Scalar);
}
