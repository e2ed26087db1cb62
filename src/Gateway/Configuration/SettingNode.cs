using System.Collections.Immutable;

namespace Codex.Gateway.Configuration;

/// <summary>Where a setting was written.</summary>
public abstract record SettingPlace
{
    private SettingPlace()
    {
    }

    /// <param name="Line">From 1.</param>
    public sealed record File(string Path, int Line) : SettingPlace
    {
        public override string ToString() => $"{Path}:{Line}";
    }

    public sealed record Variable(string Name) : SettingPlace
    {
        public override string ToString() => $"environment variable {Name}";
    }

    public sealed record Flag(string Name) : SettingPlace
    {
        public override string ToString() => Name;
    }
}

/// <summary>What the user wrote, before any of it is understood; every node knows its place.</summary>
internal abstract record SettingNode(SettingPlace Place)
{
    /// <param name="Whole">An overlay that replaces what lies below it instead of merging into it.</param>
    public sealed record Section(SettingPlace Place, ImmutableArray<Setting> Settings, bool Whole = false) : SettingNode(Place)
    {
        public Setting? Find(string name) => Settings.FirstOrDefault(s => s.IsNamed(name));
    }

    public sealed record Sequence(SettingPlace Place, ImmutableArray<SettingNode> Items) : SettingNode(Place);

    public sealed record Scalar(SettingPlace Place, ScalarKind Kind, string Text) : SettingNode(Place);
}

internal sealed record Setting(string Name, SettingPlace Place, SettingNode Value)
{
    public bool IsNamed(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

internal enum ScalarKind
{
    Text,
    Number,
    Boolean,
    Null,

    /// <summary>From an environment variable or a flag, where everything is text: read as whatever is wanted.</summary>
    Untyped,
}
