using System.Collections.Concurrent;

namespace Codex.Agent.Prompts;

/// <summary>The texts models read, each in its own <c>.md</c> inside the program.</summary>
public static class PromptText
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    public static string Compact => Read("compact.md");

    /// <param name="name">File name; unique in the program.</param>
    /// <exception cref="InvalidOperationException">There is no such text: a mistake of this program.</exception>
    public static string Read(string name) => Texts.GetOrAdd(name, static wanted =>
    {
        using var stream = typeof(PromptText).Assembly.GetManifestResourceStream(wanted)
            ?? throw new InvalidOperationException($"The text {wanted} is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Trim();
    });
}
