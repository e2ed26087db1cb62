using System.Collections.Immutable;
using Codex.Agent.Configuration.Layers;
using Codex.Toml;
using Codex.Toml.Values;

namespace Codex.Agent.Configuration;

/// <summary>One table of the merged settings, read key by key; a value of the wrong kind is told with its place and counts as not written.</summary>
internal sealed class SettingsSection(SettingNode.Table table, TomlPath path, SettingsFindings findings)
{
    public SettingNode.Table Table { get; } = table;

    public SettingsFindings Findings { get; } = findings;

    public TomlPath PathOf(string key) => path.Append(key);

    public SettingNode? Find(string key) => Table.Items.GetValueOrDefault(key);

    /// <summary>Null when it is not written, or no table, which is told.</summary>
    public SettingsSection? Section(string key) => Find(key) switch
    {
        null => null,
        SettingNode.Table inner => new SettingsSection(inner, PathOf(key), Findings),
        var other => Wrong<SettingsSection>(other, key, "a table"),
    };

    public SettingsSection SectionOrEmpty(string key) =>
        Section(key) ?? new SettingsSection(new SettingNode.Table(SettingNode.Table.NoItems, Table.Origin), PathOf(key), Findings);

    /// <summary>Null also for an empty text: Codex's own templates have such lines.</summary>
    public string? Text(string key) => Find(key) switch
    {
        null => null,
        SettingNode.Leaf { Value: TomlValue.String { Value: var text } } => text.Trim().Length == 0 ? null : text,
        var other => Wrong<string>(other, key, "a text in quotes"),
    };

    public bool? Flag(string key) => Find(key) switch
    {
        null => null,
        SettingNode.Leaf { Value: TomlValue.Boolean { Value: var flag } } => flag,
        var other => WrongValue<bool>(other, key, "true or false"),
    };

    /// <param name="least">Smaller numbers are told as wrong.</param>
    public int? Number(string key, int least) => Find(key) switch
    {
        null => null,
        SettingNode.Leaf { Value: TomlValue.Integer { Value: var number } } when number >= least && number <= int.MaxValue => (int)number,
        var other => WrongValue<int>(other, key, $"a whole number from {least} to {int.MaxValue}"),
    };

    /// <summary>Default, not empty, when it is not written.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        if (Find(key) is not { } node)
            return default;
        if (node is SettingNode.Leaf { Value: TomlValue.Array { Items: var items } } && items.All(i => i is TomlValue.String))
            return [.. items.Cast<TomlValue.String>().Select(i => i.Value)];
        Wrong<string>(node, key, "an array of texts");
        return default;
    }

    /// <summary>The pairs of a table of texts.</summary>
    public ImmutableSortedDictionary<string, string> TextTable(string key)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Section(key) is { } section)
        {
            foreach (var (name, node) in section.Table.Items)
            {
                if (node is SettingNode.Leaf { Value: TomlValue.String { Value: var text } })
                    texts[name] = text;
                else
                    section.Wrong<string>(node, name, "a text in quotes");
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>One of a few words; the wrong one is told together with the right ones.</summary>
    public T? Choice<T>(string key, params ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct
    {
        if (Text(key) is not { } text)
            return null;
        foreach (var (word, value) in choices)
        {
            if (word == text)
                return value;
        }

        var words = new List<string>();
        foreach (var (word, _) in choices)
            words.Add(word);
        Findings.Fault(Find(key)!.Origin, PathOf(key), $"is \"{text}\"; write one of: {string.Join(", ", words)}");
        return null;
    }

    /// <summary>A path, relative to the directory of the file that names it, made absolute.</summary>
    public string? FilePath(string key, Surroundings around) =>
        Text(key) is { } text ? around.Absolute(text, Find(key)!.Origin.Directory) : null;

    /// <summary>What a file holds that a key names; a file that cannot be read is told.</summary>
    public string? FileText(string key, Surroundings around)
    {
        if (FilePath(key, around) is not { } file)
            return null;
        try
        {
            if (File.ReadAllText(file).Trim() is { Length: > 0 } text)
                return text;
            Findings.Fault(Find(key)!.Origin, PathOf(key), $"names {file}, which is empty; write the text or remove the key");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Findings.Fault(Find(key)!.Origin, PathOf(key), $"names {file}, which cannot be read; create it or remove the key");
        }

        return null;
    }

    private T? Wrong<T>(SettingNode node, string key, string wanted)
        where T : class
    {
        Findings.Fault(node.Origin, PathOf(key), $"must be {wanted}");
        return null;
    }

    private T? WrongValue<T>(SettingNode node, string key, string wanted)
        where T : struct
    {
        Findings.Fault(node.Origin, PathOf(key), $"must be {wanted}");
        return null;
    }
}
