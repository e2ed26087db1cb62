using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Codex.Toml.Syntax;
using Codex.Toml.Values;

namespace Codex.Toml;

/// <summary>A step of a path: a key of a table, or the number of an element of an array, from 0.</summary>
public readonly record struct PathStep(string? Key, int Index)
{
    [MemberNotNullWhen(true, nameof(Key))]
    public bool IsKey => Key is not null;
}

/// <summary>The way from the root to a value. Keys are names, never their spelling: <c>a."b"</c> and <c>a.b</c> are the same path.</summary>
public sealed class TomlPath : IEquatable<TomlPath>
{
    private readonly ImmutableArray<PathStep> _steps;

    private TomlPath(ImmutableArray<PathStep> steps) => _steps = steps;

    public static TomlPath Root { get; } = new([]);

    public IReadOnlyList<PathStep> Steps => _steps;

    public int Length => _steps.Length;

    public bool IsRoot => _steps.Length == 0;

    /// <summary>The path without its last step; the root for the root.</summary>
    public TomlPath Parent => _steps.Length < 2 ? Root : new(_steps.RemoveAt(_steps.Length - 1));

    /// <summary>The last step; the path must not be the root.</summary>
    public PathStep Last => _steps[^1];

    public static TomlPath Of(params ReadOnlySpan<string> keys)
    {
        var steps = ImmutableArray.CreateBuilder<PathStep>(keys.Length);
        foreach (var key in keys)
            steps.Add(new(key, 0));
        return new(steps.MoveToImmutable());
    }

    internal static TomlPath Of(List<PathStep> steps) => new([.. steps]);

    /// <summary>Reads a key as TOML writes it, for example <c>model_providers."my id".name</c>. False when it is no key.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TomlPath? path)
    {
        var segments = KeyReader.ReadWhole(Encoding.UTF8.GetBytes(text));
        path = segments is null ? null : new([.. segments.Select(s => new PathStep(s.Text, 0))]);
        return path is not null;
    }

    public TomlPath Append(string key) => new(_steps.Add(new(key, 0)));

    public TomlPath Append(int index) => new(_steps.Add(new(null, index)));

    /// <summary>The first <paramref name="count"/> steps.</summary>
    public TomlPath Take(int count) => new(_steps[..count]);

    public bool StartsWith(TomlPath prefix) => _steps.AsSpan().StartsWith(prefix._steps.AsSpan());

    public bool Equals(TomlPath? other) => other is not null && _steps.AsSpan().SequenceEqual(other._steps.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as TomlPath);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var step in _steps)
            hash.Add(step);
        return hash.ToHashCode();
    }

    /// <summary>As TOML writes it, elements of arrays as <c>[0]</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in _steps)
        {
            if (!step.IsKey)
                text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]");
            else
                text.Append(text.Length == 0 ? "" : ".").Append(KeyWriter.Write(step.Key));
        }

        return text.ToString();
    }
}
