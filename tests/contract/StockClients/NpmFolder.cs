using System.Security.Cryptography;

namespace Codex.Contract.Tests.StockClients;

/// <summary>The committed folder with the pinned packages' manifest and the scripts; packages land beside them, ignored.</summary>
public static class NpmFolder
{
    public static readonly string Root = Locate();

    public static string NodeModules => Path.Combine(Root, "node_modules");

    public static string TinyMcpServer => Path.Combine(Root, "mcp-tiny.mjs");

    public static string SdkScript(string name) => Path.Combine(Root, "codex-sdk", $"{name}.mjs");

    public static string OpenAiScript(string name) => Path.Combine(Root, "openai", $"{name}.mjs");

    /// <summary>Changes whenever a pin changes: an installation made for another one is not reused.</summary>
    public static string PinHash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(Root, "package-lock.json"))));

    private static string Locate()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Codex.sln")))
                return Path.Combine(folder.FullName, "tests", "contract", "StockClients", "npm");
        }
        throw new InvalidOperationException($"no Codex.sln above {AppContext.BaseDirectory}");
    }
}
