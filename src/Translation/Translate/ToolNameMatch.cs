namespace Codex.Translation.Translate;

/// <summary>Finds the tool a model meant by the name it wrote.</summary>
internal static class ToolNameMatch
{
    private static readonly string[] Prefixes = ["functions.", "functions:", "functions/", "tools.", "tool."];

    /// <summary>The binding, or null when the name fits none or more than one tool.</summary>
    public static ToolBinding? Find(ToolMap tools, string name)
    {
        if (tools.Find(name) is { } exact)
            return exact;
        var clean = WithoutMarkers(name);
        if (tools.Find(clean) is { } cleaned)
            return cleaned;
        return Only(tools, b => b.WireName.Equals(clean, StringComparison.OrdinalIgnoreCase))
            // Models rebuild "namespace.name" or "namespace/name" from the flattened name, or use the bare name.
            ?? Only(tools, b => b.Namespace is not null && IsJoined(clean, b.Namespace, b.Name))
            ?? Only(tools, b => b.Namespace is not null && b.Name.Equals(clean, StringComparison.Ordinal));
    }

    /// <summary>Harmony tokens leak into names as <c>exec&lt;|channel|&gt;json</c> (symptom 36).</summary>
    public static string WithoutMarkers(string name)
    {
        var marker = name.IndexOf("<|", StringComparison.Ordinal);
        var clean = (marker < 0 ? name : name[..marker]).Trim();
        foreach (var prefix in Prefixes)
        {
            if (clean.StartsWith(prefix, StringComparison.Ordinal))
                return clean[prefix.Length..];
        }

        return clean;
    }

    private static bool IsJoined(string name, string ns, string tool) =>
        name.Length == ns.Length + 1 + tool.Length
        && name.StartsWith(ns, StringComparison.Ordinal)
        && name.EndsWith(tool, StringComparison.Ordinal)
        && name[ns.Length] is '.' or '/' or ':' or '_' or '-';

    private static ToolBinding? Only(ToolMap tools, Func<ToolBinding, bool> fits)
    {
        ToolBinding? only = null;
        foreach (var binding in tools.Bindings)
        {
            if (!fits(binding))
                continue;
            if (only is not null)
                return null;
            only = binding;
        }

        return only;
    }
}
