using System.Runtime.Versioning;
using System.Text;

namespace Codex.ConfigTool.Tests.Fuzz;

/// <summary>Homes as nobody wants them: broken text, links to anywhere, odd rights, files of other tools, a journal that something chewed on.</summary>
[UnsupportedOSPlatform("windows")]
internal static class RandomHome
{
    private static readonly UnixFileMode[] Modes =
        [(UnixFileMode)0b110_100_100, (UnixFileMode)0b110_000_000, (UnixFileMode)0b110_110_100, (UnixFileMode)0b100_100_100];

    private static readonly string[] Garbage = ["", "{}", "[]", "null", "{\"id\":1}", "{\"id\":\"a\",\"files\":[null]}", "\0\0", "{\"payload\":3}", "{\"payload\":{\"model_provider\":[]}}", "not = toml = at all", "K='\"\n=\nexport\n"];

    public static void Furnish(ToolRun tool, Random random)
    {
        var path = tool.ConfigPath;
        switch (random.Next(10))
        {
            case 0:
                path = Path.Combine(tool.Folder, "far.toml");
                File.CreateSymbolicLink(tool.ConfigPath, path);
                break;
            case 1:
                var middle = Path.Combine(tool.CodexHome, "middle");
                path = Path.Combine(Directory.CreateDirectory(Path.Combine(tool.Folder, "dot files")).FullName, "codex.toml");
                File.CreateSymbolicLink(middle, "../dot files/codex.toml");
                File.CreateSymbolicLink(tool.ConfigPath, "middle");
                break;
            case 2 when random.Next(4) == 0:
                File.CreateSymbolicLink(tool.ConfigPath, RandomConfig.Pick(random, ["config.toml", "/nowhere/at/all.toml", "sessions", "/dev/null", "../nothing/there"]));
                path = null;
                break;
            case 3 when random.Next(4) == 0:
                Directory.CreateDirectory(tool.ConfigPath);
                path = null;
                break;
            case 4:
                path = null;
                break;
        }

        if (path is not null)
        {
            File.WriteAllBytes(path, Content(random));
            File.SetUnixFileMode(path, RandomConfig.Pick(random, Modes));
        }

        AddNeighbours(tool, random);
    }

    private static byte[] Content(Random random)
    {
        var text = Encoding.UTF8.GetBytes(RandomConfig.Create(random));
        switch (random.Next(12))
        {
            case 0:
                for (var i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
                    text[random.Next(text.Length)] = (byte)random.Next(256);
                return text;
            case 1:
                return text[..random.Next(text.Length + 1)];
            case 2 when random.Next(2) == 0:
                return RandomConfig.Pick<byte[]>(random,
                [
                    [], new byte[random.Next(1, 5000)], [0xEF, 0xBB], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE, (byte)'a', 0], "\r"u8.ToArray(), "\n\n\n"u8.ToArray(), "   "u8.ToArray(),
                    Encoding.UTF8.GetBytes("a = " + new string('[', 5000)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a.", 5000)) + "a = 1"),
                    Encoding.UTF8.GetBytes("model_providers = 3"), Encoding.UTF8.GetBytes("[[model_providers]]\nname = \"x\""), Encoding.UTF8.GetBytes("[model]\nx = 1"),
                    Encoding.UTF8.GetBytes("[model_providers]\ntensormesh = 1\np = []"),
                ]);
            default:
                return text;
        }
    }

    private static void AddNeighbours(ToolRun tool, Random random)
    {
        if (random.Next(3) == 0)
            File.WriteAllBytes(Path.Combine(tool.CodexHome, "fast.config.toml"), Content(random));
        if (random.Next(4) == 0)
            File.WriteAllText(Path.Combine(tool.CodexHome, ".env"), RandomConfig.Pick(random, Garbage) + "K=v\n");
        if (random.Next(4) == 0)
        {
            var day = Directory.CreateDirectory(Path.Combine(tool.CodexHome, "sessions", "2026", "11", "20")).FullName;
            foreach (var number in Enumerable.Range(0, 3))
                File.WriteAllText(Path.Combine(day, $"rollout-{number}.jsonl"), RandomConfig.Pick(random, [.. Garbage, "{\"payload\":{\"model_provider\":\"tensormesh\"}}\n", "{\"payload\":{\"model_provider\":\"p\"}}\n"]));
        }

        if (random.Next(8) == 0)
        {
            var journal = Directory.CreateDirectory(Path.Combine(tool.StatePath, "journal")).FullName;
            foreach (var number in Enumerable.Range(0, 3))
                File.WriteAllText(Path.Combine(journal, $"20200101T00000000{number}-00000{number}.json"), RandomConfig.Pick(random, Garbage));
        }
    }
}
