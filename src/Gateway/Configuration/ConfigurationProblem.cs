using System.Collections.Immutable;

namespace Codex.Gateway.Configuration;

/// <summary>Why a configuration is refused. Never holds a value that may be a key.</summary>
/// <param name="Place">Null when nothing was written, as for a missing key of the whole configuration.</param>
/// <param name="Reason">What is wrong and what to write instead; follows the key in a sentence.</param>
public sealed record ConfigurationProblem(SettingPlace? Place, KeyPath Key, string Reason)
{
    public override string ToString()
    {
        var key = Key.Names.IsEmpty ? "" : $"{Key} ";
        return Place switch
        {
            null => $"{key}{Reason}",
            // Whoever wrote a flag need not know which key it sets.
            SettingPlace.Flag flag => $"{flag} {Reason}",
            _ => $"{Place}: {key}{Reason}",
        };
    }
}

/// <summary>Gathers problems and finds the place of each in what the user wrote.</summary>
internal sealed class ProblemList(SettingNode.Section root)
{
    private readonly List<ConfigurationProblem> _problems = [];

    /// <summary>Those of the file first, from its top to its end.</summary>
    public ImmutableArray<ConfigurationProblem> All =>
        [.. _problems.OrderBy(p => p.Place is SettingPlace.File file ? file.Line : int.MaxValue)];

    public void Add(KeyPath key, string reason) => _problems.Add(new ConfigurationProblem(PlaceOf(key), key, reason));

    public void Add(SettingPlace place, KeyPath key, string reason) => _problems.Add(new ConfigurationProblem(place, key, reason));

    /// <summary>The place of the key, or of the nearest written thing around it.</summary>
    public SettingPlace? PlaceOf(KeyPath key)
    {
        SettingNode node = root;
        SettingPlace? place = root.Settings.IsEmpty ? null : root.Place;
        foreach (var name in key.Names)
        {
            if (node is SettingNode.Section section && section.Find(name) is { } setting)
                (node, place) = (setting.Value, setting.Place);
            else if (node is SettingNode.Sequence list && int.TryParse(name, out var index) && index < list.Items.Length)
                (node, place) = (list.Items[index], list.Items[index].Place);
            else
                break;
        }

        return place;
    }
}
