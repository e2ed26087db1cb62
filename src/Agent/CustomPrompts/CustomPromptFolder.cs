using System.Collections.Immutable;
using Codex.Agent.Skills;

namespace Codex.Agent.CustomPrompts;

/// <summary>Reads <c>$CODEX_HOME/prompts/*.md</c>, which Codex read until March 2026.</summary>
public static class CustomPromptFolder
{
    /// <returns>In the order of their names; files that cannot be read are left out.</returns>
    public static ImmutableArray<CustomPrompt> List(string codexHome)
    {
        var folder = Path.Combine(codexHome, "prompts");
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(Read).OfType<CustomPrompt>()]
                : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static CustomPrompt? Read(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            // A front matter that is broken is text like all of it.
            var front = FrontMatter.Parse(text).Read ?? new FrontMatter(ImmutableDictionary<string, string>.Empty, text);
            return new CustomPrompt(
                Path.GetFileNameWithoutExtension(file),
                front.Values.GetValueOrDefault("description"),
                front.Values.GetValueOrDefault("argument-hint"),
                front.Body.Trim(),
                file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
