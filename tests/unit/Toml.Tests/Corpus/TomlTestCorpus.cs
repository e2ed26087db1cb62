namespace Codex.Toml.Tests.Corpus;

/// <summary>The official test files of TOML: in the folder that TOML_TEST_DIR names, else in shared/toml-test beside the checkout.</summary>
internal static class TomlTestCorpus
{
    private static readonly string? Folder = Find();

    public static string Missing => "skipped, because toml-test is neither in TOML_TEST_DIR nor in ../shared/toml-test";

    public static bool IsHere => Folder is not null;

    /// <summary>The .toml files that count for a version, as its list names them.</summary>
    public static IReadOnlyList<string> Files(TomlVersion version, string group)
    {
        var list = Path.Combine(Folder!, "tests", version == TomlVersion.V1_1 ? "files-toml-1.1.0" : "files-toml-1.0.0");
        return [.. File.ReadLines(list).Where(f => f.StartsWith(group + "/", StringComparison.Ordinal) && f.EndsWith(".toml", StringComparison.Ordinal))];
    }

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Folder!, "tests", file));

    /// <summary>A folder that may lie in shared/ beside the checkout.</summary>
    public static string? Beside(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", name);
            if (Path.Exists(path))
                return path;
        }

        return null;
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("TOML_TEST_DIR");
        var folder = string.IsNullOrEmpty(named) ? Beside("toml-test") : named;
        return folder is not null && Directory.Exists(Path.Combine(folder, "tests")) ? folder : null;
    }
}
