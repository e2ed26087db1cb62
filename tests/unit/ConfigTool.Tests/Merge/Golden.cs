using System.Text.Json;

namespace Codex.ConfigTool.Tests.Merge;

/// <summary>A merge case from the folder beside the checkout.</summary>
public sealed record Golden(string Id, string Why, string Args, int Exit, string? Before, string? After, string Strict)
{
    private const string FileName = "config-goldens.json";

    public static IReadOnlyList<Golden> All { get; } = Read();

    public static Golden Find(string id) => All.First(g => g.Id == id);

    public override string ToString() => $"{Id}: {Why}";

    private static List<Golden> Read()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "..", "shared", FileName);
            if (!File.Exists(Path.Combine(folder.FullName, "Codex.sln")) || !File.Exists(path))
                continue;
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. json.RootElement.EnumerateArray().Select(g => new Golden(
                g.GetProperty("id").GetString()!,
                g.GetProperty("why").GetString()!,
                g.GetProperty("args").GetString()!,
                g.GetProperty("exit").GetInt32(),
                g.GetProperty("before").GetString(),
                g.GetProperty("after").GetString(),
                g.GetProperty("codex_strict").GetString()!))];
        }

        return [];
    }
}
