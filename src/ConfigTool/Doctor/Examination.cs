using System.Collections.Immutable;
using Codex.ConfigTool.CommandLine;
using Codex.ConfigTool.Files;
using Codex.ConfigTool.Installation;
using Codex.ConfigTool.Layers;
using Codex.ConfigTool.Merge;
using Codex.ConfigTool.Models;
using Codex.ConfigTool.Providers;
using Codex.Toml;
using Codex.Toml.Semantics;
using Codex.Toml.Text;

namespace Codex.ConfigTool.Doctor;

/// <summary>All that checks look at.</summary>
/// <param name="Environment">Variables and files around it.</param>
/// <param name="Place">Codex's directory and the file.</param>
/// <param name="File">As it was read.</param>
/// <param name="Document">Valid TOML.</param>
/// <param name="Provider">The provider that is examined more closely than the others.</param>
/// <param name="Listing">What its server says it serves; null when it was not asked.</param>
internal sealed record Examination(
    ToolEnvironment Environment,
    ConfigPlace Place,
    ConfigFile File,
    TomlDocument Document,
    ProviderEndpoint Provider,
    ModelListing? Listing)
{
    /// <summary>What was sent with the question, or why it could not be asked; null when the server was not to be asked.</summary>
    public CallPreparation? Call { get; init; }

    /// <summary>What it said to a real request; null when none was made.</summary>
    public ProbeOutcome? Probe { get; init; }

    /// <summary>The Codex of this machine, or the one that was named; null when there is none.</summary>
    public CodexProgram? Codex { get; init; }

    /// <summary>What that Codex says of the file; null when it was not asked.</summary>
    public CodexVerdict? Verdict { get; init; }

    /// <summary>The other files that Codex reads: of the machine, of profiles and of the project in the current directory.</summary>
    public ImmutableArray<ConfigLayer> Layers { get; init; } = [];

    /// <summary>Codex's saved chats by provider.</summary>
    public ImmutableDictionary<string, int> Chats { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The tables below <c>model_providers</c>.</summary>
    public IEnumerable<(string Id, TableNode Table)> Providers =>
        Root(ConfigKeys.Providers) is TableNode all ? all.Children.Where(c => c.Value is TableNode).Select(c => (c.Key, (TableNode)c.Value)) : [];

    /// <summary>The examined provider is the one Codex starts with.</summary>
    public bool IsDefault => ProviderEndpoint.Find(Document, null).Id == Provider.Id;

    /// <summary>The model Codex starts with at the examined provider; null when the file names none.</summary>
    public string? Model => IsDefault ? ProviderEndpoint.TextAt(Root(ConfigKeys.Model)) : null;

    /// <summary>The address is the preset's own.</summary>
    public bool IsAtPreset => Provider.Preset?.BaseUrl is { } url && url.TrimEnd('/') == Provider.BaseUrl?.TrimEnd('/');

    public TomlNode? Root(string key) => Document.Find(TomlPath.Of(key));

    public LinePosition? PositionOf(TomlNode? node) => node is null ? null : MergePlanner.PositionOf(Document, node);

    /// <summary>Where a key of the examined provider stands; null when it is not in the file.</summary>
    public LinePosition? PositionOf(string key) =>
        Provider.Table is { } table && table.Children.TryGetValue(key, out var node) ? PositionOf(node) : null;
}
