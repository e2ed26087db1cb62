using System.Collections.Immutable;

namespace Codex.Translation.Text;

/// <summary>Blots out keys where a backend's own words repeat them.</summary>
public sealed record Redaction
{
    public static readonly Redaction None = new([]);

    /// <summary>Placeholders such as <c>none</c> or <c>x</c> are no secrets, and blotted out they would spoil every sentence.</summary>
    private const int ShortestSecret = 8;

    private readonly ImmutableArray<string> _secrets;

    public Redaction(IEnumerable<string> secrets) => _secrets = [.. secrets.Where(s => s.Length >= ShortestSecret)];

    public bool IsNeeded => !_secrets.IsEmpty;

    public string Apply(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, "[key]", StringComparison.Ordinal);
        return text;
    }
}
