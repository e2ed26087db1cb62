using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Codex.Gateway.Tests.Fixtures;

/// <summary>Finds the fixtures beside the sources and compares whole files.</summary>
internal static class FixtureFolders
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> NamesOf(string area)
    {
        var names = new TheoryData<string>();
        foreach (var folder in Directory.EnumerateDirectories(PathOf(area)).Order(StringComparer.Ordinal))
            names.Add(Path.GetFileName(folder));
        return names;
    }

    public static JsonNode Read(string area, string name, string file) =>
        JsonNode.Parse(File.ReadAllText(PathOf(area, name, file))) ?? throw new InvalidDataException($"{file} of {name} is null.");

    public static bool Exists(string area, string name, string file) => File.Exists(PathOf(area, name, file));

    public static byte[] ReadBytes(string area, string name, string file) => File.ReadAllBytes(PathOf(area, name, file));

    /// <summary>Compares with a JSON file of the fixture; on a difference the whole of what was made is kept beside the tests.</summary>
    public static void ShouldMatch(this JsonNode actual, string area, string name, string file)
    {
        var made = actual.ToJsonString(Indented);
        var expected = File.Exists(PathOf(area, name, file)) ? Read(area, name, file).ToJsonString(Indented) : "";
        if (made != expected)
            Tell(made, expected, area, name, file);
    }

    /// <summary>Compares with a text file of the fixture, as above.</summary>
    public static void ShouldMatchText(this string actual, string area, string name, string file)
    {
        var expected = File.Exists(PathOf(area, name, file)) ? File.ReadAllText(PathOf(area, name, file)) : "";
        if (actual != expected)
            Tell(actual, expected, area, name, file);
    }

    private static void Tell(string made, string expected, string area, string name, string file)
    {
        var kept = Path.Combine(AppContext.BaseDirectory, "actual", area, name, file);
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        File.WriteAllText(kept, made.EndsWith('\n') ? made : made + "\n");
        made.ShouldBe(expected, $"the whole is in {kept}");
    }

    private static string PathOf(params string[] parts) => Path.Combine([Root(), "fixtures", .. parts]);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Codex.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder;
    }
}
