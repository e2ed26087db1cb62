namespace Codex.Gateway.Configuration;

/// <summary>Lays stronger settings over weaker ones: sections merge by key without regard to case, anything else is replaced.</summary>
internal static class SettingOverlay
{
    public static SettingNode.Section Merge(SettingNode.Section weak, SettingNode.Section strong)
    {
        if (strong.Whole)
            return strong;
        var settings = weak.Settings.ToBuilder();
        foreach (var over in strong.Settings)
        {
            var index = settings.FindIndex(s => s.IsNamed(over.Name));
            if (index < 0)
                settings.Add(over);
            else if (settings[index].Value is SettingNode.Section below && over.Value is SettingNode.Section above)
                settings[index] = above.Whole ? over : settings[index] with { Value = Merge(below, above) };
            else
                settings[index] = over;
        }

        return weak with { Settings = settings.ToImmutable() };
    }

    private static int FindIndex(this System.Collections.Immutable.ImmutableArray<Setting>.Builder settings, Predicate<Setting> match)
    {
        for (var i = 0; i < settings.Count; i++)
        {
            if (match(settings[i]))
                return i;
        }

        return -1;
    }
}
