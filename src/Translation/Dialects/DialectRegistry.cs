using System.Collections.Immutable;

namespace Codex.Translation.Dialects;

/// <summary>Every dialect, one line each; help, schema and tests are folds over it.</summary>
public static class DialectRegistry
{
    public static readonly Dialect Generic = new() { Name = "generic" };

    public static readonly ImmutableArray<Dialect> All = [Generic];

    public static Dialect? Find(string name) => All.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
