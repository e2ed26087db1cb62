using System.Collections.Immutable;
using System.Text;

namespace Codex.Translation.Text;

/// <summary>
/// Blots out keys where a backend's own words repeat them: whole, in part, shortened by asterisks or dots, and in the
/// forms in which a backend may quote them.
/// </summary>
public sealed record Redaction
{
    public static readonly Redaction None = new([]);

    private const string Blot = "[key]";

    /// <summary>Placeholders such as <c>none</c> or <c>x</c> are no secrets, and blotted out they would spoil every sentence.</summary>
    private const int ShortestSecret = 8;

    private readonly ImmutableArray<Secret> _secrets;
    private KeyFragments? _fragments;

    public Redaction(IEnumerable<Secret> secrets) => _secrets = [.. secrets.Where(s => s.Value.Length >= ShortestSecret)];

    public bool IsNeeded => !_secrets.IsEmpty;

    public string Apply(string text)
    {
        if (_secrets.IsEmpty || text.Length == 0)
            return text;
        var hidden = new bool[text.Length];
        (_fragments ??= new KeyFragments(_secrets, ShortestSecret)).Hide(text, hidden);
        foreach (var secret in _secrets)
        {
            for (var i = Find(0); i >= 0; i = Find(i + 1))
                hidden.AsSpan(i, secret.Value.Length).Fill(true);
            KeyEnds.Hide(text, secret, hidden);

            int Find(int from) => text.IndexOf(secret.Value, from, StringComparison.OrdinalIgnoreCase);
        }

        return Array.IndexOf(hidden, true) < 0 ? text : Blotted(text, hidden);
    }

    private static string Blotted(string text, ReadOnlySpan<bool> hidden)
    {
        var shown = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!hidden[i])
                shown.Append(text[i]);
            else if (i == 0 || !hidden[i - 1])
                shown.Append(Blot);
        }

        return shown.ToString();
    }
}

/// <param name="PublicPrefix">How many characters at its beginning every such key has, such as those of <c>sk-</c>; they tell nothing.</param>
public readonly record struct Secret(string Value, int PublicPrefix = 0);
