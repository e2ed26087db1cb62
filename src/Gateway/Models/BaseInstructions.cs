namespace Codex.Gateway.Models;

/// <summary>
/// The prompt that Codex sends for our models in place of its own of 17 KB, which takes a large share of a small
/// model's window and attention.
/// </summary>
internal static class BaseInstructions
{
    public static readonly string Text = Load();

    private static string Load()
    {
        using var stream = typeof(BaseInstructions).Assembly.GetManifestResourceStream("BaseInstructions.md")
            ?? throw new InvalidOperationException("The resource BaseInstructions.md is missing from the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
